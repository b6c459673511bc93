"""The screen that draws any step: title, what is wrong, what to read, fields, buttons, keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from textual.app import ComposeResult
from textual.widget import Widget
from typing_extensions import override

from espace_tui.defaults import no_ticks
from espace_tui.form import Action, AllAnswers, Deed, Field, Kind
from espace_tui.screens.deeds import Deeds
from espace_tui.screens.filling import Filling, row_of
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


class StepScreen(Filling, Deeds):
    """A step of the wizard."""

    def __init__(self, wizard: Wizard, face: Face) -> None:
        super().__init__()
        self.wizard = wizard
        self.face = face
        self.place = wizard.place
        self.rows: dict[str, Row] = {}
        self.shown: set[str] = set()
        """Secret fields that are to be read: the person asked, or something was proposed."""
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
        yield Actions(*self.tools(view))
        yield KeyBar(self.face, self.keys(view))
        if self.told:
            yield Words(self.face.say(self.told), "told")
            self.told = ""

    def top(self, _view: View) -> Iterable[Widget]:
        """Return what stands under the title."""
        return ()

    def _summary(self, view: View) -> Iterator[Widget]:
        if len(view.problems) > 1:
            from espace_tui.widgets.summary import ErrorSummary  # noqa: PLC0415 — seldom needed

            labels = {each.name: self.face.texts(each.say("label")) for each in view.fields}
            yield ErrorSummary(self.face, view.problems, labels)

    def _reading(self, view: View) -> Iterator[Widget]:
        first = [
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
        if field.name in self.shown:
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
        yield from self.extras()
        if not view.can_go_back and not self.wizard.signed_in:
            yield Press(self.face.say("quit", key=self.face.key("leave")), "app.leave", quiet=True)

    def extras(self) -> Iterable[Press]:
        """Return the buttons of this screen alone."""
        return ()

    def tools(self, view: View) -> Iterable[Press]:
        """Return the buttons of what the keys do with the fields."""
        does = {
            "help": any(self.face.texts.has(each.say("help").id) for each in view.fields),
            "magnify": any(each.magnify for each in view.fields),
            "reveal": self._hides(view),
        }
        for name in (name for name, done in does.items() if done):
            label = self.face.say("key", what=self.face.say(f"do.{name}"), key=self.face.key(name))
            yield Press(label, f"screen.{name}_all", quiet=True)

    def _hides(self, view: View) -> bool:
        """Tell whether something is hidden that may be shown."""
        secret = any(field.kind is Kind.SECRET for field in view.fields)
        return secret or any(isinstance(each, AllAnswers) for each in view.blocks)

    def _press(self, action: Action) -> Press:
        label = self.face.texts(f"action.{action.name}")
        return Press(label, ("screen", "submit", (action.name,)), quiet=action.quiet)

    def keys(self, view: View) -> Iterator[tuple[str, str, str]]:
        """Return the keys of the last line, the most useful first, and what they do."""
        if view.actions[0].deed is not Deed.ACT:
            yield "continue", self.face.say(self.main), "screen.continue"
        if view.fields:
            yield "help", self.face.say("do.help"), "screen.help"
        if self._hides(view):
            yield "reveal", self.face.say("do.reveal"), "screen.reveal"
        yield "hide", self.face.say("do.hide"), "app.hide"
        yield "language", self.face.say("do.language"), "app.language"

    # --- where one is

    def on_mount(self) -> None:
        """Take the focus at once, so that keys typed ahead arrive."""
        self.settle()

    def on_screen_resume(self) -> None:
        """Catch up with what happened under another page."""
        self.app.call_later(self.stage.catch_up)

    @override
    async def redraw(self) -> None:
        self.shown = {name for name, row in self.rows.items() if row.revealed or self._is_new(row)}
        focus = self.wizard.focus  # removing what has the focus moves it
        await self.recompose()
        self.wizard.focus = focus
        self.settle()

    def _is_new(self, row: Row) -> bool:
        """Tell whether a value with rules to follow was just put in the field by the step."""
        filled = row.text != self.wizard.typed.get(row.field.name, "")
        return filled and row.field.ticks is not no_ticks

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
            self.call_after_refresh(self._begin, self.focused)

    def _begin(self, first: Widget | None) -> None:
        """Begin by reading where the first entry is not on the first page."""
        if self.scroll_offset.y and self.focused is first:
            self.set_focus(self.focus_chain[0], scroll_visible=False)
            self.scroll_home(animate=False)

    def wait(self) -> None:
        """Say that something is under way, and how to cancel it."""
        waiting = Waiting(self.face)
        self.mount(waiting)
        self.set_focus(waiting)
