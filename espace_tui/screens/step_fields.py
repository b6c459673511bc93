"""What is typed in a step's fields: stored in the wizard at once, never judged here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import events
from textual.widget import Widget
from typing_extensions import override

from espace_tui.errors import ExpectedError, FieldProblem
from espace_tui.journey.form import FieldKind
from espace_tui.journey.view import View
from espace_tui.journey.wizard import Wizard
from espace_tui.widgets import fields
from espace_tui.widgets.button import TextButton
from espace_tui.widgets.content import PageContent
from espace_tui.widgets.notices import Alert, ErrorSummary
from espace_tui.widgets.page import Page

if TYPE_CHECKING:
    from espace_tui.validators import Advice
    from espace_tui.widgets.fields.field_row import FieldRow


class StepFields(Page[None]):
    """A screen with fields."""

    wizard: Wizard
    rows: dict[str, FieldRow]

    @override
    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """Store in the wizard which field the person is in, too."""
        super().set_focus(widget, scroll_visible, from_app_focus)
        if row := self._row_of(widget):
            self.wizard.focus = row.field.name

    def _row_of(self, widget: Widget | None) -> FieldRow | None:
        around = widget.ancestors_with_self if widget else ()
        return next((row for row in self.rows.values() if row in around), None)

    @override
    def related_widgets(self, focused: Widget) -> Iterable[Widget]:
        row = self._row_of(focused)
        if row:
            yield row
            yield row.messages
            yield row.children[0]

    @property
    def pictures(self) -> list[str]:
        """The drawings that go with the fields: which of them depends on a choice."""
        return [row.field.picture for row in self.rows.values()]

    # --- what was typed

    def store_typed(self) -> None:
        """Store in the wizard what is now in the fields."""
        for name, row in self.rows.items():
            if row.text != self.wizard.typed.get(name, ""):
                self.wizard.set_text(name, row.text)

    async def on_field_row_changed(self, event: FieldRow.Changed) -> None:
        """Store the answer; fields that depend on a choice follow it."""
        self.store_typed()
        field = event.row.field
        if field.narrows or field.kind in {FieldKind.CHOICE, FieldKind.CHECKBOX}:
            asked = self.wizard.view().fields
            if [field.name for field in asked] != [*self.rows]:
                await self.redraw()
            before = self.pictures
            for each in asked:
                await self.rows[each.name].update_field(each)
            if self.pictures != before:
                await self.renew_panels()
        self.sync_remarks()

    def remarks_on(
        self, name: str, view: View
    ) -> tuple[tuple[FieldProblem, ...], tuple[Advice, ...]]:
        """Return what is wrong with a field, and what deserves a second look."""
        problems = tuple(one for one in view.problems if one.field == name)
        return problems, tuple(one.advice for one in view.advice if one.field == name)

    def sync_remarks(self) -> None:
        """Show what is still to be said: an error goes when what it was about changes."""
        view = self.wizard.view()
        for name, row in self.rows.items():
            row.show_remarks(*self.remarks_on(name, view))
        for notice, is_due in ((Alert, view.alert), (ErrorSummary, view.problems[1:])):
            if not is_due:  # by walking: a query matches selectors, 20 times as long, at each key
                self.remove_children([*self.walk_children(notice)])

    def on_field_info_grown(self) -> None:
        """Scroll so that the focused field is seen with the message that has just appeared."""
        self.show_focused()

    def on_field_row_blurred(self, event: FieldRow.Blurred) -> None:
        """Look again at what was wrong; group a complete number; ask the service about it."""
        row = event.row
        row.set_text(row.field.grouped(row.text))
        self.store_typed()
        self.wizard.look_again(row.field.name)
        self.sync_remarks()
        if row.field.probe and row.text and row.text != row.probed_text:
            row.probed_text = row.text
            self.run_worker(self._probe(row, row.text), group="probe", exclusive=True)

    async def _probe(self, row: FieldRow, text: str) -> None:
        wizard, name = self.wizard, row.field.name
        try:
            row.field.parse(text)
            advices = await wizard.probe(name, text)
        except ExpectedError:  # Continue will show it
            return
        if row.is_attached and row.text == text:
            row.info.show_advice(*advices)

    @override
    def intercept_key(self, event: events.Key | events.Paste) -> bool:
        """Focus the text field first, if a key or a paste over something else is meant for it."""
        super().intercept_key(event)
        row, typed = self._first_text_row(), isinstance(event, events.Paste)
        beside = self.focused is None or isinstance(self.focused, PageContent | Alert)
        if isinstance(event, events.Key) and beside:
            typed = event.key == "backspace" or (event.is_printable and event.key != "space")
        if row and typed and not isinstance(self._row_of(self.focused), type(row)):
            self.set_focus(row.control)
        return True

    def on_key(self, event: events.Key) -> None:
        """Choose by a digit where it can only mean one thing."""
        if event.key in set("123456789"):
            self._choose_by_digit(int(event.key) - 1)

    def _first_text_row(self) -> FieldRow | None:
        rows = [row for row in self.rows.values() if row.accepts_text]
        rows.sort(key=lambda row: row.field.name != self.wizard.focus)
        return rows[0] if rows else None

    def _choose_by_digit(self, index: int) -> None:
        """Choose in the only group of options; on a step without fields, focus a button."""
        groups = [row for row in self.rows.values() if row.accepts_digits]
        buttons = [*self.query("ButtonBar TextButton").results(TextButton)]
        if len(groups) == 1:
            self.set_focus(groups[0].control)
            groups[0].choose(index)
        elif not self.rows and index < len(buttons):
            self.set_focus(buttons[index])


def row_class(kind: FieldKind) -> type[FieldRow]:
    """Return the class that draws a kind of field."""
    match kind:
        case FieldKind.CHOICE:
            return fields.RadioRow
        case FieldKind.CHECKBOX:
            return fields.CheckboxRow
        case _:  # a text, shown or hidden
            return fields.TextRow
