"""The screen that draws any step: title, what is wrong, what to read, fields, buttons, keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget
from typing_extensions import override

from espace_tui.defaults import no_ticks
from espace_tui.errors import ExpectedError
from espace_tui.form import Action, AllAnswers, Deed, Field, Kind
from espace_tui.screens.deeds import Deeds
from espace_tui.view import View
from espace_tui.widgets.actions import Actions
from espace_tui.widgets.alert import Alert
from espace_tui.widgets.face import Face
from espace_tui.widgets.header import StepHeader
from espace_tui.widgets.key_bar import KeyBar
from espace_tui.widgets.press import Press
from espace_tui.widgets.reading import Reading, draw
from espace_tui.widgets.row import Row
from espace_tui.widgets.waiting import Waiting
from espace_tui.widgets.words import Words
from espace_tui.wizard import Wizard


class StepScreen(Deeds):
    """A step of the wizard."""

    def __init__(self, wizard: Wizard, face: Face) -> None:
        super().__init__()
        self.wizard = wizard
        self.face = face
        self.place = wizard.place
        self.rows: dict[str, Row] = {}
        self.proposed: set[str] = set()
        """Secret fields that were just filled with something to be read."""
        self.told = ""
        """What the face itself has to say once."""

    # --- drawing

    @override
    def compose(self) -> ComposeResult:
        view = self.wizard.view()
        place = (view.number, view.count)
        yield StepHeader(self.face, view.title, place=place, following=view.following)
        if view.alert:
            yield Alert(self.face, view.alert, retry=view.retry)
        yield from self.top(view)
        yield from self._summary(view)
        yield from self._reading(view)
        self.rows = {field.name: self._row(field, view) for field in view.fields}
        yield from self.rows.values()
        yield Actions(*self.presses(view))
        yield KeyBar(self.face, self.keys(view))

    def top(self, _view: View) -> Iterable[Widget]:
        """Return what stands under the title."""
        return ()

    def _summary(self, view: View) -> Iterator[Widget]:
        if len(view.problems) > 1:
            from espace_tui.widgets.summary import ErrorSummary  # noqa: PLC0415 — seldom needed

            labels = {each.name: self.face.texts(each.say("label")) for each in view.fields}
            yield ErrorSummary(self.face, view.problems, labels)

    def _reading(self, view: View) -> Iterator[Widget]:
        told, self.told = self.told, ""
        first = [Words(self.face.say(told), "strong")] if told else []
        first += [
            Words(self.face.texts(text), "strong" if text is view.notice else "")
            for text in (view.notice, view.lead)
            if text and self.face.texts.has(text.id)
        ]
        for answers, blocks in groupby(view.blocks, lambda each: isinstance(each, AllAnswers)):
            drawn = [widget for block in blocks for widget in draw(block, self.face)]
            yield self._answers() if answers else Reading(*first, *drawn)
            first = []
        if first:
            yield Reading(*first)

    def _answers(self) -> Widget:
        from espace_tui.widgets.answers import Answers  # noqa: PLC0415 — seldom needed

        return Answers(self.face, self.wizard, "jump")

    def _row(self, field: Field, view: View) -> Row:
        row = row_of(field.kind)(self.face, field, view.typed.get(field.name, ""))
        if field.name in self.proposed:
            row.reveal()
        row.remarks.problems = [each for each in view.problems if each.field == field.name]
        row.remarks.advices = [each.advice for each in view.noticed if each.field == field.name]
        row.set_class(bool(row.remarks.problems), "-wrong")
        return row

    def presses(self, view: View) -> Iterable[Press]:
        """Return the buttons: the step's actions, and the way back."""
        yield from map(self._press, view.actions)
        for field in view.fields:
            if self.face.texts.has(f"face.where.{field.text}"):
                label = self.face.say(f"where.{field.text}")
                yield Press(label, ("screen", "where", (field.name,)), quiet=True)
        if view.can_go_back and all(each.deed is not Deed.BACK for each in view.actions):
            yield Press(self.face.say("back", key=self.face.key("back")), "screen.back")

    def _press(self, action: Action) -> Press:
        label = self.face.texts(f"action.{action.name}")
        return Press(label, ("screen", "submit", (action.name,)), quiet=action.quiet)

    def keys(self, view: View) -> Iterator[tuple[str, str]]:
        """Return the keys of the last line, the most useful first."""
        if view.actions[0].deed is not Deed.ACT:
            yield "continue", "screen.continue"
        if view.fields:
            yield "help", "screen.help"
        if any(field.kind is Kind.SECRET for field in view.fields):
            yield "reveal", "screen.reveal"
        yield "hide", "app.hide"
        yield "language", "app.language"

    # --- where one is

    def on_mount(self) -> None:
        """Take the focus at once, so that keys typed ahead arrive."""
        self.settle()

    def on_screen_resume(self) -> None:
        """Catch up with what happened under another page."""
        self.app.call_later(self.stage.catch_up)

    @override
    async def redraw(self) -> None:
        self.proposed = {
            name
            for name, row in self.rows.items()
            if row.text != self.wizard.typed.get(name, "") and row.field.ticks is not no_ticks
        }
        focus = self.wizard.focus  # removing what has the focus moves it
        await self.recompose()
        self.wizard.focus = focus
        self.settle()

    @override
    def settle(self) -> None:
        """Focus what the person should see first."""
        view = self.wizard.view()
        alert = next(iter(self.query(Alert)), None)
        row = self.rows.get(view.focus)
        if alert and not view.problems:
            self.set_focus(next(iter(self.query("Alert Press")), alert))
        elif row:
            self.set_focus(row.entry)
        else:
            first = next((each.entry for each in self.rows.values()), None)
            self.set_focus(first or next(iter(self.focus_chain), None))
            self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """Begin by reading where the first entry is not on the first page."""
        if self.scroll_offset.y:
            self.set_focus(self.focus_chain[0], scroll_visible=False)
            self.scroll_home(animate=False)

    def wait(self) -> None:
        """Say that something is under way, and how to cancel it."""
        waiting = Waiting(self.face)
        self.mount(waiting)
        self.set_focus(waiting)

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
            for field in self.wizard.view().fields:
                await self.rows[field.name].adopt(field)

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
        """Send what is typed over a text, or pasted anywhere, to the field it is meant for."""
        row, typed = self._first_line(), isinstance(event, events.Paste)
        if isinstance(event, events.Key) and isinstance(self.focused, Reading | Alert):
            typed = event.is_printable and event.key != "space"
        if row and typed and not isinstance(self._row_with(self.focused), type(row)):
            self.set_focus(row.entry)
        return True

    def on_key(self, event: events.Key) -> None:
        """Choose by a digit where that can only mean one thing."""
        if event.key in set("123456789"):
            self._choose(int(event.key) - 1)

    def _first_line(self) -> Row | None:
        rows = [row for row in self.rows.values() if row.typable]
        rows.sort(key=lambda row: row.field is not self.here)
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
