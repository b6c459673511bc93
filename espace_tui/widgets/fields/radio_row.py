"""A field answered by one of several options: `( )` and `(•)`, none chosen beforehand.

Tab stops once at the group. Arrows move the highlight `>`, Space or Enter chooses the highlighted
option, a digit chooses at once and does not continue.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.layout import Layout
from textual.message import Message
from textual.widget import Widget
from typing_extensions import override

from espace_tui.journey.form import Field
from espace_tui.widgets.fields.field_row import FieldRow
from espace_tui.widgets.flow import FLOW, Stack
from espace_tui.widgets.text import HangingLabel, Words, styled
from espace_tui.widgets.ui_text import UiText

SIDE_BY_SIDE = 3
"""So many options stand beside each other where they fit; more are read one below another."""


class RadioOption(HangingLabel):
    """One of the options."""

    DEFAULT_CSS = """
    RadioOption {
        &.-brief { width: auto; max-width: 100%; margin-right: 3; }
        &.-highlighted { background: $focus; color: $on-focus; text-style: $focus-style; }
    }
    """

    def __init__(self, number: int, label: str, description: str) -> None:
        self.number = number
        self.label = label
        self.description = description
        super().__init__(*self._items(), classes="" if description else "-brief")

    def _items(self, pointer: str = " ", chosen: str = " ") -> Iterator[tuple[Words, Words]]:
        mark = f"{pointer} ({chosen}) {self.number}. "
        if chosen.strip() and not pointer.strip():
            mark_style = "bold $accent"
            yield (
                styled(f"{pointer} ", (f"({chosen})", mark_style), f" {self.number}. "),
                styled((self.label, "bold")),
            )
        else:
            yield mark, self.label
        if self.description:
            yield " " * len(mark), self.description

    def draw(self, *, highlighted: bool, chosen: bool) -> None:
        """Draw the option, highlighted and chosen or not."""
        self.set_class(highlighted, "-highlighted")
        self.set_items(*self._items(">" if highlighted else " ", "•" if chosen else " "))


class RadioGroup(Stack, can_focus=True):
    """The options: one is highlighted, at most one is chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,left", "move(-1)", show=False),
        Binding("down,right", "move(1)", show=False),
        Binding("space", "choose", show=False),
    ]
    DEFAULT_CSS = """
    RadioGroup { height: auto; }
    """
    enter_action = "choose_or_continue"

    class Changed(Message):
        """An option was chosen."""

    def __init__(self, options: list[RadioOption], chosen: int | None) -> None:
        super().__init__(*options)
        self.options = options
        self.chosen = chosen
        self.highlighted = chosen or 0

    @property
    @override
    def layout(self) -> Layout:
        brief = not any(option.description for option in self.options)
        few = len(self.options) <= SIDE_BY_SIDE
        return FLOW if brief and few else super().layout

    @property
    def caret(self) -> Offset:
        """Where the terminal's cursor goes: on the highlighted option."""
        return self.options[self.highlighted].content_region.offset

    def on_mount(self) -> None:
        """Draw the option that was chosen before."""
        self._draw()

    @override
    def watch_has_focus(self, _has_focus: bool) -> None:
        super().watch_has_focus(_has_focus)
        self._draw()

    def _draw(self) -> None:
        for index, option in enumerate(self.options):
            option.draw(
                highlighted=self.has_focus and index == self.highlighted,
                chosen=index == self.chosen,
            )

    def action_move(self, by: int) -> None:
        """Highlight another option; beyond the ends, leave the group."""
        if 0 <= self.highlighted + by < len(self.options):
            self.highlighted += by
            self._draw()
            self.screen.scroll_to_widget(self.options[self.highlighted], animate=False)
        else:
            (self.screen.focus_next if by > 0 else self.screen.focus_previous)()

    async def action_choose_or_continue(self) -> None:
        """Choose the highlighted option; if it was chosen already, go on as Enter does."""
        if self.highlighted == self.chosen:
            await self.run_action("screen.enter")
        else:
            self.action_choose()

    def action_choose(self) -> None:
        """Choose the highlighted option."""
        self.choose(self.highlighted)

    def choose(self, index: int) -> None:
        """Highlight and choose an option."""
        if index < len(self.options):
            self.highlighted = self.chosen = index
            self._draw()
            self.post_message(self.Changed())

    def on_key(self, event: events.Key) -> None:
        """Choose the option of a digit."""
        if event.key in set("123456789"):
            event.stop()
            self.choose(int(event.key) - 1)

    def on_click(self, event: events.Click) -> None:
        """Choose the option that is clicked."""
        if isinstance(event.widget, RadioOption):
            self.choose(event.widget.number - 1)


class RadioRow(FieldRow):
    """A label, then the options."""

    accepts_digits: ClassVar[bool] = True

    def __init__(self, ui: UiText, field: Field, text: str) -> None:
        super().__init__(ui, field, text)
        self._drawn = field.choices
        """The choices as they are drawn: those of the field may be fewer by now."""
        self.group = self._make_group(text)

    def _make_group(self, text: str) -> RadioGroup:
        choices = self.field.choices
        chosen = choices.index(text) if text in choices else None
        options = [self._option(i, value) for i, value in enumerate(choices, 1)]
        return RadioGroup(options, chosen)

    def _option(self, number: int, value: str) -> RadioOption:
        texts, about = self.ui.texts, self.field.choice_about(value)
        label = texts(self.field.choice_text(value))
        return RadioOption(number, label, texts(about) if texts.has(about.id) else "")

    @property
    @override
    def control(self) -> Widget:
        return self.group

    @property
    @override
    def text(self) -> str:
        return self._drawn[self.group.chosen] if self.group.chosen is not None else ""

    @override
    def compose(self) -> ComposeResult:
        if self._drawn != self.field.choices:
            self._drawn = self.field.choices
            self.group = self._make_group(self.initial_text)
        yield from self.heading()
        yield self.messages
        yield self.group

    @override
    def choose(self, index: int) -> None:
        self.group.choose(index)

    def on_radio_group_changed(self, event: RadioGroup.Changed) -> None:
        """Announce the new answer."""
        event.stop()
        self.post_message(self.Changed(self))
