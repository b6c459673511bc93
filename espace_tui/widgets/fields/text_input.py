"""The line one types in: Textual's `Input`, made forgiving, discreet and visible.

- A paste of several lines, or with words around the value, becomes the value (its row tidies it);
  nothing is ever cut or refused for its length.
- Nothing is copied to the terminal's clipboard, and messages do not carry what was typed.
- The terminal's own cursor is the caret: nothing blinks, nothing is painted while idle.
- Only what is visible is measured and drawn, so that a very long text costs no more than a short
  one; what cannot be printed is shown as `�`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.cells import get_character_cell_size
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widgets._input import Input, Selection
from typing_extensions import override

from espace_tui.widgets.text import glyph

Cells = Callable[[int], int]


def visible_range(
    cells: Cells, *, size: int, caret: int, width: int, start: int
) -> tuple[int, int]:
    """Return where what is visible begins and ends, given where it began before.

    The caret always fits, after the last character too; no room is left while there is more.
    """
    first = caret - _fitting(cells, range(caret - 1, -1, -1), width - 1)
    first = min(max(first, start), caret)
    last = first + _fitting(cells, range(first, size), width)
    if last == size:
        first = min(first, size - _fitting(cells, range(size - 1, -1, -1), width - 1))
    return first, last


def _fitting(cells: Cells, indexes: Iterable[int], width: int) -> int:
    """Return how many of these characters fit, one after another."""
    count = 0
    for index in indexes:
        width -= cells(index)
        if width < 0:
            break
        count += 1
    return count


class TextInput(Input):
    """A line of text, or of dots (`password`)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+x,ctrl+c", "nothing", show=False),
    ]
    DEFAULT_CSS = """
    TextInput {
        height: 3; padding: 0 1; border: round $edge; width: 1fr;
        background: $field; color: $foreground; background-tint: transparent;
        &:focus { border: heavy $focus; background: $field; background-tint: transparent; }
        &>.input--selection { background: $focus; color: $focus-text; text-style: $focus-style; }
        &:ansi, &:ansi:focus { background: ansi_default; color: ansi_default; }
    }
    """
    enter_action = "screen.enter"

    class Changed(Message):
        """Something was typed; what, is asked of the line itself."""

        def __init__(self, source: TextInput, *_ignored: object) -> None:
            super().__init__()
            self.input = source

    class Submitted(Changed):
        """Never posted: Enter belongs to the screen."""

    class Blurred(Changed):
        """The line was left."""

    class Pasted(Message):
        """A paste arrived; whoever knows the field says what becomes of it."""

        def __init__(self, source: TextInput, text: str) -> None:
            super().__init__()
            self.input = source
            self.text = text

    def __init__(self, text: str, *, hidden: bool = False) -> None:
        self._start = 0
        super().__init__(text, password=hidden, select_on_focus=False)
        self.cursor_blink = False

    @override
    def on_mount(self) -> None:
        """Put the caret at the end of what was typed before."""
        self.cursor_position = len(self.value)

    # --- what is visible

    def _glyph(self, index: int) -> str:
        return "•" if self.password else glyph(self.value[index])

    def _cells(self, index: int) -> int:
        return get_character_cell_size(self._glyph(index))

    def _visible(self) -> tuple[int, int]:
        self._start, last = visible_range(
            self._cells,
            size=len(self.value),
            caret=self.cursor_position,
            width=self.content_region.width,
            start=self._start,
        )
        return self._start, last

    @property
    def caret(self) -> Offset:
        """Where the terminal's cursor goes."""
        first, _last = self._visible()
        return self.content_region.offset + Offset(
            sum(map(self._cells, range(first, self.cursor_position))), 0
        )

    @property
    @override
    def cursor_screen_offset(self) -> Offset:
        return self.caret

    @override
    def render_line(self, y: int) -> Strip:
        first, last = self._visible()
        start, end = sorted(self.selection)
        marked = self.get_component_rich_style("input--selection")
        parts = (
            (first, min(start, last)),
            (max(start, first), min(end, last)),
            (max(end, first), last),
        )
        segments = [
            Segment("".join(map(self._glyph, range(a, b))), marked if i == 1 else None)
            for i, (a, b) in enumerate(parts)
            if b > a
        ]
        width = self.content_region.width
        return Strip(segments).adjust_cell_length(width).apply_style(self.rich_style)

    @override
    def _cell_offset_to_index(self, offset: int) -> int:
        first, last = self._visible()
        for index in range(first, last):
            offset -= self._cells(index)
            if offset < 0:
                return index
        return last

    # --- what changes (Textual's own watchers measure the whole text)

    @override
    def _watch_value(self, value: str) -> None:
        self._initial_value = False
        self.selection = self.selection
        self.post_message(self.Changed(self))
        self.refresh()

    @override
    def _watch_selection(self, selection: Selection) -> None:
        self.refresh()

    @override
    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.post_message(self.Pasted(self, event.text))

    def set_text(self, text: str) -> None:
        """Replace everything, the caret at the end."""
        self.value = text
        self.cursor_position = len(text)

    # --- nothing leaves for the terminal's clipboard

    def action_nothing(self) -> None:
        """Copy and cut nothing."""

    @override
    def action_copy(self) -> None:
        self.action_nothing()

    @override
    def action_cut(self) -> None:
        self.action_nothing()

    @override
    def action_paste(self) -> None:
        self.action_nothing()
