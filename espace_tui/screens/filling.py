"""What is typed in a step's fields: kept at once, told to the wizard, never judged here."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual.widget import Widget
from typing_extensions import override

from espace_tui.errors import ExpectedError
from espace_tui.form import Kind
from espace_tui.widgets.alert import Alert
from espace_tui.widgets.page import Page
from espace_tui.widgets.press import Press
from espace_tui.widgets.reading import Reading
from espace_tui.widgets.row import Row
from espace_tui.wizard import Wizard


class Filling(Page[None]):
    """A screen with fields."""

    wizard: Wizard
    rows: dict[str, Row]

    @override
    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """Tell the wizard which field the person is in, too."""
        super().set_focus(widget, scroll_visible, from_app_focus)
        if row := self._row_with(widget):
            self.wizard.focus = row.field.name

    def _row_with(self, widget: Widget | None) -> Row | None:
        around = widget.ancestors_with_self if widget else ()
        return next((each for each in around if isinstance(each, Row)), None)

    @override
    def surroundings(self, focused: Widget) -> Iterable[Widget]:
        row = self._row_with(focused)
        if row:
            yield row
            yield row.remarks
            yield row.children[0]

    # --- what was typed

    def note_all(self) -> None:
        """Tell the wizard all that stands in the fields now."""
        for name, row in self.rows.items():
            if row.text != self.wizard.typed.get(name, ""):
                self.wizard.note(name, row.text)

    async def on_row_typed(self, event: Row.Typed) -> None:
        """Keep it; what depends on a choice follows it."""
        self.note_all()
        if event.row.field.kind in {Kind.CHOICE, Kind.TICK}:
            fields = self.wizard.view().fields
            if [field.name for field in fields] != [*self.rows]:
                await self.redraw()
            for field in fields:
                await self.rows[field.name].adopt(field)

    def on_remarks_grown(self) -> None:
        """Keep what has the focus in view, with what was just said of it."""
        self.show_focused()

    def on_row_left(self, event: Row.Left) -> None:
        """Ask in the background what the service thinks of a value."""
        row = event.row
        if row.field.probe and row.text and row.text != row.probed:
            row.probed = row.text
            self.run_worker(self._probe(row, row.text), group="probe", exclusive=True)

    async def _probe(self, row: Row, text: str) -> None:
        wizard, name = self.wizard, row.field.name
        try:
            row.field.parse(text)
            advices = await wizard.step.probe(wizard.desk, wizard.session, name, text)
        except ExpectedError:  # what cannot be told in passing is told by Continue
            return
        if row.is_attached and row.text == text:
            row.remarks.tell(*advices)

    @override
    def heed(self, event: events.Key | events.Paste) -> bool:
        """Send what is typed or erased over a text, or pasted, to the field it is meant for."""
        super().heed(event)
        row, typed = self._first_line(), isinstance(event, events.Paste)
        if isinstance(event, events.Key) and isinstance(self.focused, Reading | Alert):
            typed = event.key == "backspace" or (event.is_printable and event.key != "space")
        if row and typed and not isinstance(self._row_with(self.focused), type(row)):
            self.set_focus(row.entry)
        return True

    def on_key(self, event: events.Key) -> None:
        """Choose by a digit where that can only mean one thing."""
        if event.key in set("123456789"):
            self._choose(int(event.key) - 1)

    def _first_line(self) -> Row | None:
        rows = [row for row in self.rows.values() if row.typable]
        rows.sort(key=lambda row: row.field.name != self.wizard.focus)
        return rows[0] if rows else None

    def _choose(self, index: int) -> None:
        """Choose an option of the only group, or go to a button of a screen that asks nothing."""
        groups = [row for row in self.rows.values() if row.choosable]
        buttons = [*self.query("Actions Press").results(Press)]
        if len(groups) == 1:
            self.set_focus(groups[0].entry)
            groups[0].choose(index)
        elif not self.rows and index < len(buttons):
            self.set_focus(buttons[index])


def row_of(kind: Kind) -> type[Row]:
    """Return what draws a kind of field; lines are imported when one is first shown."""
    if kind is Kind.CHOICE:
        from espace_tui.widgets.choice_row import ChoiceRow  # noqa: PLC0415 — after the first paint

        return ChoiceRow
    if kind is Kind.TICK:
        from espace_tui.widgets.tick_row import TickRow  # noqa: PLC0415 — after the first paint

        return TickRow
    from espace_tui.widgets.line_row import LineRow  # noqa: PLC0415 — after the first paint

    return LineRow
