"""A field answered on a line: label, format, printed beginning, counter, ticks, remarks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from typing_extensions import override

from espace_tui.errors import InvalidValue
from espace_tui.form import Field, Kind
from espace_tui.validators import Advice
from espace_tui.widgets.face import Face
from espace_tui.widgets.line import Line
from espace_tui.widgets.row import Row
from espace_tui.widgets.words import Hung, Words


class LineRow(Row):
    """A line, hidden for a secret until the person asks to see it."""

    DEFAULT_CSS = """
    LineRow {
        & > Horizontal {
            height: auto;
            & > .prefix { width: auto; height: 3; padding: 1 1 0 0; color: $foreground; }
            & > .counter { width: auto; height: 3; padding: 1 0 0 1; color: $muted; }
        }
        & > .ticks { color: $muted; }
    }
    """

    typable: ClassVar[bool] = True

    def __init__(self, face: Face, field: Field, text: str) -> None:
        super().__init__(face, field, text)
        self.line = Line(text, hidden=self._hidden)

    @property
    def _hidden(self) -> bool:
        return self.field.kind is Kind.SECRET and not self.revealed

    @property
    @override
    def entry(self) -> Widget:
        return self.line

    @property
    @override
    def text(self) -> str:
        return self.line.value

    @override
    def compose(self) -> ComposeResult:
        yield from self.heading()
        with Horizontal():
            if self.field.prefix:
                yield Words(self.field.prefix, classes="prefix")
            self.line = Line(self.given, hidden=self._hidden)
            yield self.line
            self.counter = Words(self._count(), classes="counter")
            if self.field.length:
                yield self.counter
        yield self.remarks
        if self.field.picture:
            from espace_tui.widgets.card_picture import CardPicture  # noqa: PLC0415 — one step

            yield CardPicture(self.face, self.field.picture)
        ticks = tuple(self._ticks())
        self.rules = Hung(*ticks, classes="ticks")
        self.rules.display = bool(ticks)
        yield self.rules

    def _count(self) -> str:
        length = self.field.length
        size = len("".join(self.field.groups(self.line.value)))
        words = [self.face.say("counter", count=n, length=length) for n in (size, length)]
        return words[0].rjust(len(words[1]))

    def _ticks(self) -> Iterator[tuple[str, str]]:
        for tick in self.field.ticks(self.line.value):
            yield "[x] " if tick.met else "[ ] ", self.face.texts(tick.rule)

    @on(Line.Changed)
    def _typed(self, event: Line.Changed) -> None:
        event.stop()
        if self.field.length:
            self.counter.say(self._count())
        if ticks := tuple(self._ticks()):
            self.rules.hang(*ticks)
        self.post_message(self.Typed(self))

    @on(Line.Blurred)
    def _left(self, event: Line.Blurred) -> None:
        event.stop()
        self.post_message(self.Left(self))

    @on(Line.Pasted)
    def _pasted(self, event: Line.Pasted) -> None:
        event.stop()
        self.take(event.text)

    @override
    def put(self, text: str) -> None:
        self.line.put(text)

    @override
    def take(self, text: str) -> None:
        """Let a whole value replace what was there; anything else goes to the caret."""
        if not self.field.paste:
            self.remarks.tell(Advice(self.field.say("paste")))
            return
        value = self.field.tidy(text)
        if self._is_whole(value):
            self.line.put(value)
        else:
            self.line.replace(value, *self.line.selection)

    def _is_whole(self, value: str) -> bool:
        try:
            self.field.parse(value)
        except InvalidValue:
            return False
        return True

    @override
    def reveal(self) -> None:
        self.revealed = not self.revealed
        self.line.password = self._hidden
