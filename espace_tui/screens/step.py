"""The screen that draws any step: title, alert, problems, content, fields, buttons, keys.

A step's own screen says what stands beside it, and lays out what is special.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from math import inf
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget
from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.form import (
    Action,
    ActionKind,
    AllAnswers,
    Field,
    FieldKind,
    Numbers,
    no_ticks,
)
from espace_tui.journey.view import View
from espace_tui.journey.wizard import Wizard
from espace_tui.screens.step_actions import StepActions
from espace_tui.screens.step_fields import StepFields, row_class
from espace_tui.widgets.answers import AnswerList
from espace_tui.widgets.button import ButtonBar, TextButton
from espace_tui.widgets.content import PageContent, draw_aside, draw_block
from espace_tui.widgets.header import NameBar, StepHeader
from espace_tui.widgets.key_bar import KeyBar
from espace_tui.widgets.notices import Alert, BusyNotice, ErrorSummary, Notice
from espace_tui.widgets.text import Label
from espace_tui.widgets.ui_text import UiText

if TYPE_CHECKING:
    from espace_tui.widgets.fields.field_row import FieldRow


class StepScreen(StepFields, StepActions):
    """A step of the wizard."""

    lead_above: ClassVar[bool] = False
    """Whether its lead stands under the title, where other steps name the next one."""

    def __init__(self, wizard: Wizard, ui: UiText) -> None:
        super().__init__()
        self.wizard = wizard
        self.ui = ui
        self.step_name = wizard.step_name
        self.rows: dict[str, FieldRow] = {}
        self.revealed_fields: set[str] = set()
        """The secret fields shown in clear: the person asked, or the step has filled them in."""
        self.filled_in: set[str] = set()
        """The fields that the step has just filled in: what they hold is to be written down."""
        self.blank = False
        """Whether nothing is drawn yet."""
        self.status = ""
        """A text of the interface to be shown once: that a call was cancelled."""
        self.painted_at = inf
        """When it was painted, on the clock of Textual's events."""

    # --- drawing

    @override
    def compose(self) -> ComposeResult:
        if self.blank:
            return
        view = self.wizard.view()
        yield NameBar(self.ui, self.wizard.itinerary.mark)
        yield self.header(view)
        yield self.sheet(
            *self.column(view),
            beside=lambda: self.panels(self.wizard.view()),
            small=lambda: self.small_panels(self.wizard.view()),
        )
        yield KeyBar(self.ui, self.key_hints(view))
        if self.status:
            yield Label(self.ui.translate(self.status), "status")
            self.status = ""

    def header(self, view: View) -> StepHeader:
        """Return the title, and where the step stands in the journey."""
        following = self.subtitle(view)
        place = (view.number, view.total if view.number else 0)
        return StepHeader(self.ui, view.title, position=place, following=following)

    def subtitle(self, view: View) -> Text | None:
        """Return what stands under the title: the lead of some steps, else the next step."""
        if self.lead_above:
            return view.lead
        return view.next_title and Text("face.following", {"title": view.next_title})

    def column(self, view: View) -> Iterator[Widget]:
        """Return what there is to read, then to answer, then to do."""
        if view.alert:
            yield Alert(self.ui, view.alert, retry=view.retry)
        yield from self._summary(view)
        yield from self.reading(view)
        self.rows = {field.name: self._field_row(field, view) for field in view.fields}
        yield from self.rows.values()
        yield ButtonBar(*self.action_buttons(view))
        yield ButtonBar(*self.links(view), classes="links")
        yield from self.below_buttons(view)

    def panels(self, _view: View) -> Iterable[Widget]:
        """Return what stands beside the column where there is room."""
        return ()

    def small_panels(self, _view: View) -> Iterable[Widget]:
        """Return what stands beside the column where there is room for a small drawing only."""
        return ()

    def below_buttons(self, view: View) -> Iterable[Widget]:
        """Return what stands under the buttons: the code of an address, for a telephone."""
        for block in view.blocks:
            yield from draw_aside(block, self.ui)

    def _summary(self, view: View) -> Iterator[Widget]:
        if len(view.problems) > 1:
            labels = {field.name: self.ui.texts(field.text_for("label")) for field in view.fields}
            yield ErrorSummary(self.ui, view.problems, labels)

    def reading(self, view: View) -> Iterator[Widget]:
        """Return what there is to read: a notice said once, the lead, the blocks."""
        first: list[Widget] = [Notice(self.ui.texts(view.notice))] if view.notice else []
        if self.ui.texts.has(view.lead.id) and not self.lead_above:
            first.append(Label(self.ui.texts(view.lead)))
        for answers, blocks in groupby(view.blocks, lambda block: isinstance(block, AllAnswers)):
            drawn = [widget for block in blocks for widget in draw_block(block, self.ui)]
            yield self._answers() if answers else self._page_content(*first, *drawn)
            first = []
        if first:
            yield self._page_content(*first)

    def _page_content(self, *texts: Widget) -> PageContent:
        """Return a text; it is where one begins, if the first button would take effect at once."""
        return PageContent(*texts, resting=self.acts_at_once)

    def _answers(self) -> Widget:
        return AnswerList(self.ui, self.wizard, "jump")

    def _field_row(self, field: Field, view: View) -> FieldRow:
        row = row_class(field.kind)(self.ui, field, view.typed.get(field.name, ""))
        if field.name in self.revealed_fields:
            row.toggle_reveal()
        if field.name in self.filled_in:
            row.say_proposed()
        row.show_remarks(*self.remarks_on(field.name, view))
        return row

    def action_buttons(self, view: View) -> Iterable[TextButton]:
        """Return the buttons of the step's actions, the main one filled, and of going back."""
        for action in view.actions:
            if not action.quiet:
                main = action is view.actions[0] and action.kind is not ActionKind.ACT
                yield self._action_button(action, main=main)
        if view.can_go_back and all(one.kind is not ActionKind.BACK for one in view.actions):
            yield TextButton(self.ui.translate("back", key=self.ui.key_name("back")), "screen.back")

    def links(self, view: View) -> Iterable[TextButton]:
        """Return the links: quiet actions, help with a field, a key of the fields, leaving."""
        yield from (self._action_button(action) for action in view.offered if action.quiet)
        for field in view.fields:
            if self.ui.texts.has(f"face.where.{field.text_prefix}"):
                label = self.ui.translate(f"where.{field.text_prefix}")
                yield TextButton(label, ("screen", "help_field", (field.name,)), quiet=True)
        yield from self._tools(view)
        yield from self.extra_links()
        may_leave = view.can_go_back or view.may_part or self.wizard.step.own_exit
        if not (may_leave or self.wizard.signed_in):
            yield TextButton(
                self.ui.translate("quit", key=self.ui.key_name("leave")), "app.leave", quiet=True
            )

    def extra_links(self) -> Iterable[TextButton]:
        """Return the links of this screen alone."""
        return ()

    def _tools(self, view: View) -> Iterable[TextButton]:
        """Return a link for each key that does something with the fields."""
        done_by = {
            "help": any(self.ui.texts.has(field.text_for("help").id) for field in view.fields),
            "magnify": self._has_numbers(view),
            "reveal": self._has_masked(view) and not any(one.reveals for one in view.actions),
        }
        for name in (name for name, done in done_by.items() if done):
            does = self.reveal_function if name == "reveal" else name
            label = self.ui.translate(
                "key", what=self.ui.label_of(does), key=self.ui.key_name(name)
            )
            yield TextButton(label, f"screen.{name}_all", quiet=True)

    def _has_numbers(self, view: View) -> bool:
        """Return whether something may be shown in large letters."""
        prepared = any(isinstance(block, Numbers) for block in view.blocks)
        return prepared or any(field.magnify for field in view.fields)

    def _has_masked(self, view: View) -> bool:
        """Return whether something masked may be shown, and shown now."""
        if self.ui.masks and not self.ui.masks.may_reveal:
            return self.ui.masks.always and any(each.kind is FieldKind.TEXT for each in view.fields)
        if any(action.reveals for action in view.actions):
            return True
        secret = any(field.kind is FieldKind.SECRET for field in view.fields)
        return secret or any(isinstance(block, AllAnswers) for block in view.blocks)

    def _action_button(self, action: Action, *, main: bool = False) -> TextButton:
        label = self.ui.texts(f"action.{action.name}")
        does = ("screen", "submit", (action.name,))
        button = TextButton(label, does, quiet=action.quiet, main=main)
        button.set_class(bool(action.fills), "without-panel")
        return button

    def key_hints(self, view: View) -> Iterator[tuple[str, str, str]]:
        """Return the keys of the last line, the most useful first: name, word, action."""
        if view.actions[0].kind is not ActionKind.ACT:
            yield "continue", self.ui.translate(self.main_label), "screen.continue"
        yield "help", self.ui.translate("do.help"), "screen.help"
        if self._has_masked(view):
            yield "reveal", self.ui.label_of(self.reveal_function), "screen.reveal"
        if self._has_numbers(view):
            yield "magnify", self.ui.translate("do.magnify"), "screen.magnify"
        yield from self.extra_hints()

    @override
    def say_what_reveal_does(self) -> None:
        view = self.wizard.view()
        names = {each.enter_action: each.label for each in self._tools(view)}
        for button in self.query(TextButton).results(TextButton):
            if button.enter_action == "screen.reveal_all":
                button.rename(names["screen.reveal_all"])
        self.query_one(KeyBar).show_keys(self.key_hints(view))

    @override
    def tell_more(self, *, more: bool) -> None:
        for keys in self.query(KeyBar):  # none while it is drawn again
            keys.lead_with(self.ui.translate("do.read_on") if more else "")

    def extra_hints(self) -> Iterable[tuple[str, str, str]]:
        """Return the keys that this screen alone has in its last line."""
        return ()

    # --- focus

    @property
    def acts_at_once(self) -> bool:
        """Whether the main action takes effect at once: Enter is then nobody's first answer."""
        return self.wizard.view().actions[0].kind is ActionKind.ACT

    @property
    def must_be_read(self) -> bool:
        """Whether keys typed before it was painted are dropped."""
        return self.acts_at_once

    @override
    def intercept_key(self, event: events.Key | events.Paste) -> bool:
        if self.must_be_read and event.time < self.painted_at:
            return False
        return super().intercept_key(event)

    def on_mount(self) -> None:
        """Focus a widget at once, so that keys typed ahead reach it."""
        if not self.blank:
            self.focus_initial()
            self.call_after_refresh(self._painted)

    @override
    def settled(self) -> None:
        super().settled()
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        self.painted_at = Message().time

    def on_screen_resume(self) -> None:
        """Show what the wizard did while a dialog was open."""
        self.app.call_later(self.port.sync_screen)

    @override
    async def redraw(self) -> None:
        self.filled_in = {name for name, row in self.rows.items() if self._was_filled_in(row)}
        revealed = {name for name, row in self.rows.items() if row.revealed}
        self.revealed_fields = revealed | self.filled_in
        focus = self.wizard.focus  # removing what has the focus moves it
        await self.recompose()
        self.wizard.focus = focus
        self.focus_initial()

    def _was_filled_in(self, row: FieldRow) -> bool:
        """Return whether the step has just put a value in a field that shows its rules."""
        filled = row.text != self.wizard.typed.get(row.field.name, "")
        if self.ui.masks and self.ui.masks.always:
            return False
        return filled and row.field.ticks is not no_ticks

    @override
    def focus_initial(self) -> None:
        """Focus the alert, else the current field, else the first control."""
        view = self.wizard.view()
        alert = next(iter(self.query(Alert)), None)
        row = self.rows.get(self.wizard.focus)
        if alert and not view.problems:
            self.set_focus(next(iter(self.query("Alert TextButton")), alert))
        elif row:
            self.set_focus(row.control)
        else:
            first = next((row.control for row in self.rows.values()), None)
            self.set_focus(first or next(iter(self.focus_chain), None), scroll_visible=False)
            self.call_after_refresh(self._begin, self.focused)

    def _begin(self, first: Widget | None) -> None:
        """Begin at the top where the first control is further than the first page."""
        if first is None or self.focused is not first or self.body not in first.ancestors:
            return
        end = max(part.region.bottom for part in (first, *self.related_widgets(first)))
        if end > self.viewport.bottom and not self._is_being_read(first):
            self.set_focus(self.focus_chain[0], scroll_visible=False)

    def conceal(self) -> None:
        """Mask everything again: the screen was hidden meanwhile."""
        self.revealed_fields = set()
        for row in self.rows.values():
            row.conceal()
        for answers in self.query(AnswerList):
            answers.conceal()
        self.say_what_reveal_does()

    def show_busy(self) -> None:
        """Show that a call is under way, and how to cancel it."""
        waiting = BusyNotice(self.ui)
        self.mount(waiting)
        self.set_focus(waiting)
