"""A field answered by typing: label, format, prefix, input, counter, messages, rules met."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget
from typing_extensions import override

from espace_tui.errors import InvalidValue
from espace_tui.i18n import Text
from espace_tui.journey.form import Field, FieldKind
from espace_tui.validators import Advice
from espace_tui.widgets.fields.field_row import FieldRow
from espace_tui.widgets.fields.text_input import LIMIT, WHOLE_TEXT, TextInput
from espace_tui.widgets.flow import FlowBox, Placed, Row
from espace_tui.widgets.text import HangingLabel, HangingText, Label, Words, styled
from espace_tui.widgets.ui_text import UiText


class RuleList(Placed, Container):
    """The rules of a field in two columns: `✔` and its colour where one is met, else `·`."""

    DEFAULT_CSS = """
    RuleList {
        layout: grid; grid-size: 2; grid-rows: auto; grid-gutter: 0 2; height: auto;
        & > .-alone { column-span: 2; }
    }
    """

    def __init__(self, *rules: tuple[str, bool]) -> None:
        self.labels = [HangingLabel(self._item(rule)) for rule in rules]
        if len(rules) % 2:
            self.labels[-1].add_class("-alone")
        super().__init__(*self.labels)

    def show(self, *rules: tuple[str, bool]) -> None:
        """Show which rules are met now."""
        for label, rule in zip(self.labels, rules, strict=True):
            label.set_items(self._item(rule))

    @staticmethod
    def _item(rule: tuple[str, bool]) -> tuple[Words, Words]:
        words, met = rule
        style = "$met" if met else "$muted"
        return styled(("✔ " if met else "· ", style)), styled((words, style))


class TextRow(FieldRow):
    """An input, hidden for a secret until the person asks to see it."""

    DEFAULT_CSS = """
    TextRow {
        Row {
            height: auto;
            & > .prefix { width: auto; height: 3; padding: 1 2 0 0; color: $muted; }
            & > .counter { width: auto; height: 3; padding: 1 0 0 2; color: $muted; }
        }
        FlowBox {
            & > Row { width: auto; margin-right: 1; }
            & > FieldInfo > Label { width: auto; }
        }
        &.-wrong TextInput { border: round $error; &:focus { border: heavy $error; } }
    }
    """

    accepts_text: ClassVar[bool] = True

    def __init__(self, ui: UiText, field: Field, text: str) -> None:
        super().__init__(ui, field, text)
        self.input = self._new_input()

    def _new_input(self) -> TextInput:
        field, secret = self.field, self.field.kind is FieldKind.SECRET
        masks = None if secret else self.ui.masks
        text, hidden, limit = self.initial_text, self._hidden, self._limit
        return TextInput(text, hidden=hidden, limit=limit, mask=field.masked, masks=masks)

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
        yield self.messages
        if self.field.probe:
            yield FlowBox(self._line(), self.info)
        else:
            yield self._line()
            yield self.info
        self.rules = RuleList(*self._rules())
        self.rules.display = bool(self._rules())
        yield self.rules

    def _line(self) -> Row:
        """Return the input, after what is printed before it and before what counts it."""
        self.input = self._new_input()
        self.input.styles.width = self.field.width
        self.counter = Label(self._counter_text(), classes="counter")
        line: list[Widget] = [self.input]
        if self.field.prefix:
            line.insert(0, Label(self.field.prefix, classes="prefix"))
        if self.field.length:
            line.append(self.counter)
        return Row(*line)

    def on_resize(self) -> None:
        """Count in fewer letters where there is little room."""
        counted = HangingText(("", self._counter_text()))
        if counted != self.counter.content:
            self.counter.update(counted)

    def _counter_text(self) -> Words:
        size = len("".join(self.field.groups(self.input.value)))
        length = self.field.length_for(size)
        narrow = self.is_attached and self.screen.has_class("-w40")
        text_id = "counter.short" if narrow else "counter"
        words = [self.ui.translate(text_id, count=n, length=length) for n in (size, length)]
        mark = "" if narrow else " ✔" if size == length else "  "
        return styled(words[0].rjust(len(words[1])), (mark, "$met"))

    def _rules(self) -> tuple[tuple[str, bool], ...]:
        return tuple(
            (self.ui.texts(tick.rule), tick.met) for tick in self.field.ticks(self.input.value)
        )

    @on(TextInput.Changed)
    def _on_changed(self, event: TextInput.Changed) -> None:
        event.stop()
        if self.field.length:
            self.counter.set_text(self._counter_text())
        self.rules.show(*self._rules())
        if self.field.kind is FieldKind.SECRET and self.text != self.initial_text:
            self.info.show_advice()  # it was about another one
        self.post_message(self.Changed(self))

    @on(TextInput.Blurred)
    def _on_blurred(self, event: TextInput.Blurred) -> None:
        event.stop()
        self.post_message(self.Blurred(self))

    @on(TextInput.Full)
    def _on_full(self, event: TextInput.Full) -> None:
        event.stop()
        self.info.show_advice(Advice(Text("face.full", {"limit": self._limit})))

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
            self.info.show_advice(Advice(self.field.text_for("paste")))
            return
        value = self.field.normalize(text)
        if self._is_valid(value):
            self.input.set_text(value)
        else:
            self.input.replace(value, *self.input.selection)

    @override
    def say_proposed(self) -> None:
        self.info.advices = (Advice(Text("face.proposed", {"what": self.text})),)

    def _is_valid(self, value: str) -> bool:
        try:
            self.field.parse(value)
        except InvalidValue:
            return False
        return True

    @override
    def toggle_reveal(self) -> None:
        if self.field.kind is FieldKind.SECRET:
            self.revealed = not self.revealed
            self.input.password = self._hidden
            self.info.show_advice()  # it may say the secret
        else:
            self.input.cover(uncovered=not self.input.uncovered)

    @override
    def conceal(self) -> None:
        self.revealed = False
        self.input.password = self._hidden
        self.info.show_advice()
        self.input.cover(uncovered=False)
