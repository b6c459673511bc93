"""A field answered by typing: label, format, prefix, input, counter, messages, rules met."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget
from typing_extensions import override

from espace_tui.errors import InvalidValue
from espace_tui.i18n import Text
from espace_tui.journey.form import Field, FieldKind
from espace_tui.validators import Advice
from espace_tui.widgets.fields.card_picture import CardPicture
from espace_tui.widgets.fields.field_row import FieldRow
from espace_tui.widgets.fields.text_input import LIMIT, WHOLE_TEXT, TextInput
from espace_tui.widgets.text import HangingLabel, Label
from espace_tui.widgets.ui_text import UiText


class TextRow(FieldRow):
    """An input, hidden for a secret until the person asks to see it."""

    DEFAULT_CSS = """
    TextRow {
        & > Horizontal {
            height: auto;
            & > .prefix { width: auto; height: 3; padding: 1 1 0 0; color: $foreground; }
            & > .counter { width: auto; height: 3; padding: 1 0 0 1; color: $muted; }
        }
        & > .ticks { color: $muted; }
    }
    """

    accepts_text: ClassVar[bool] = True

    def __init__(self, ui: UiText, field: Field, text: str) -> None:
        super().__init__(ui, field, text)
        self.input = TextInput(text, hidden=self._hidden, limit=self._limit)

    @property
    def _limit(self) -> int:
        return WHOLE_TEXT if self.field.many_lines else LIMIT

    @property
    def _hidden(self) -> bool:
        return self.field.kind is FieldKind.SECRET and not self.revealed

    @property
    @override
    def control(self) -> Widget:
        return self.input

    @property
    @override
    def text(self) -> str:
        return self.input.value

    @override
    def compose(self) -> ComposeResult:
        yield from self.heading()
        with Horizontal():
            if self.field.prefix:
                yield Label(self.field.prefix, classes="prefix")
            self.input = TextInput(self.initial_text, hidden=self._hidden, limit=self._limit)
            yield self.input
            self.counter = Label(self._counter_text(), classes="counter")
            if self.field.length:
                yield self.counter
        yield self.messages
        if self.field.picture:
            yield CardPicture(self.ui, self.field.picture)
        ticks = tuple(self._ticks())
        self.tick_list = HangingLabel(*ticks, classes="ticks")
        self.tick_list.display = bool(ticks)
        yield self.tick_list

    def _counter_text(self) -> str:
        length = self.field.length
        size = len("".join(self.field.groups(self.input.value)))
        words = [self.ui.translate("counter", count=n, length=length) for n in (size, length)]
        return words[0].rjust(len(words[1]))

    def _ticks(self) -> Iterator[tuple[str, str]]:
        for tick in self.field.ticks(self.input.value):
            yield "[x] " if tick.met else "[ ] ", self.ui.texts(tick.rule)

    @on(TextInput.Changed)
    def _on_changed(self, event: TextInput.Changed) -> None:
        event.stop()
        if self.field.length:
            self.counter.set_text(self._counter_text())
        if ticks := tuple(self._ticks()):
            self.tick_list.set_items(*ticks)
        self.post_message(self.Changed(self))

    @on(TextInput.Blurred)
    def _on_blurred(self, event: TextInput.Blurred) -> None:
        event.stop()
        self.post_message(self.Blurred(self))

    @on(TextInput.Full)
    def _on_full(self, event: TextInput.Full) -> None:
        event.stop()
        self.messages.show_info(Advice(Text("face.full", {"limit": self._limit})))

    @on(TextInput.Pasted)
    def _on_pasted(self, event: TextInput.Pasted) -> None:
        event.stop()
        self.paste(event.text)

    @override
    def set_text(self, text: str) -> None:
        self.input.set_text(text)

    @override
    def paste(self, text: str) -> None:
        """Replace everything by a valid answer; insert anything else at the caret."""
        if not self.field.paste:
            self.messages.show_info(Advice(self.field.text_for("paste")))
            return
        value = self.field.normalize(text)
        if self._is_valid(value):
            self.input.set_text(value)
        else:
            self.input.replace(value, *self.input.selection)

    def _is_valid(self, value: str) -> bool:
        try:
            self.field.parse(value)
        except InvalidValue:
            return False
        return True

    @override
    def toggle_reveal(self) -> None:
        self.revealed = not self.revealed
        self.input.password = self._hidden
