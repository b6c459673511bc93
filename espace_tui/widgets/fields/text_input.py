"""The input one types in: Textual's `Input`, made forgiving, discreet and visible.

- A paste of several lines, or with words around the value, becomes the value: its row decides.
- It takes `limit` characters, more than any answer. What would go beyond is not cut: nothing is
  added, and its row says so.
- Nothing is copied to the terminal's clipboard, and messages do not carry what was typed.
- The terminal's own cursor is the caret: nothing blinks, nothing is painted while idle.
- What cannot be printed is shown as `�`.
- With `masks`, at a counter, it is masked as soon as the focus leaves it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len
from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input
from typing_extensions import override

from espace_tui.journey.context import Masks
from espace_tui.widgets.text import glyph

LIMIT = 1_024
"""Characters: as many as are read of the longest answer, a password."""
WHOLE_TEXT = 100_000
"""Characters of an answer of many lines, such as a mail that is pasted."""


class TextInput(Input):
    """A line of text, or of dots (`password`)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+x,ctrl+c", "ignore", show=False),
    ]
    DEFAULT_CSS = """
    TextInput {
        height: 3; padding: 0 1; border: round $edge; max-width: 100%;
        background: $background; color: $foreground; background-tint: transparent;
        &:focus { border: heavy $focus; background: $background; background-tint: transparent; }
        &>.input--cursor { background: $background; color: $foreground; text-style: none; }
        &>.input--selection { background: $focus; color: $on-focus; text-style: $focus-style; }
        &:ansi, &:ansi:focus { background: ansi_default; color: ansi_default; }
        &:ansi>.input--cursor { background: ansi_default; color: ansi_default; }
    }
    """
    enter_action = "screen.enter"
    virtual_size = Reactive(Size(0, 0))
    """How long the text is: unlike Textual's, what is typed moves nothing else on the page."""

    class Changed(Message):
        """The text has changed; the message does not carry it, the input does."""

        def __init__(self, source: TextInput, *_ignored: object) -> None:
            super().__init__()
            self.input = source

    class Submitted(Changed):
        """Never posted: Enter belongs to the screen."""

    class Blurred(Changed):
        """The focus has left the input."""

    class Full(Changed):
        """What was typed or pasted would not fit: nothing was added."""

    class Pasted(Message):
        """A paste arrived; the row, which knows the field, decides what becomes of it."""

        def __init__(self, source: TextInput, text: str) -> None:
            super().__init__()
            self.input = source
            self.text = text

    def __init__(
        self,
        text: str,
        *,
        hidden: bool = False,
        limit: int = LIMIT,
        mask: Callable[[str], str] = str,
        masks: Masks | None = None,
    ) -> None:
        """`masks` tells when `mask` is shown in the place of the text."""
        self.limit = limit
        self.mask = mask
        self.masks = masks
        self.uncovered = masks is None
        """Whether what is typed is shown."""
        super().__init__(
            text,
            password=hidden,
            select_on_focus=False,
            highlighter=_Printable(self),
            validate_on=(),  # the row validates: Textual would style the input again
        )
        self.cursor_blink = False

    # --- what is seen

    def shown(self, end: int | None = None) -> str:
        """Return the text as it is drawn, or its first `end` characters."""
        text = self.value[:end]
        if self.uncovered and not self.password:
            return "".join(map(glyph, text))
        return "•" * len(text) if self.password or self.has_focus else self.mask(self.value)

    def cover(self, *, uncovered: bool) -> None:
        """Mask what is typed, or show it."""
        if self.masks and self.uncovered != uncovered:
            self.uncovered = uncovered
            self._show_caret()
            self.refresh()

    def on_focus(self) -> None:
        """Show what is typed."""
        self._show_typed()

    def on_blur(self) -> None:
        """Mask it again."""
        self.cover(uncovered=False)

    def on_key(self) -> None:
        """Show it again to who types, after the screen was hidden."""
        self._show_typed()

    def _show_typed(self) -> None:
        if self.masks and not (self.masks.always or self.masks.concealed):
            self.cover(uncovered=True)

    @property
    def caret(self) -> Offset:
        """Where the terminal's cursor goes."""
        before = cell_len(self.shown(self.cursor_position))
        return self.content_region.offset + Offset(before - self.scroll_offset.x, 0)

    @property
    @override
    def cursor_screen_offset(self) -> Offset:
        return self.caret

    def on_resize(self) -> None:
        """Keep the caret in view, from the first layout on."""
        self._show_caret()

    def watch_password(self) -> None:
        """Measure again: a dot is narrower than some letters."""
        if self.is_mounted:
            self._show_caret()

    def _show_caret(self) -> None:
        self.virtual_size = Size(self.content_width, 1)
        column = cell_len(self.shown(self.cursor_position))
        self.scroll_to_region(Region(column, 0, 1, 1), force=True, animate=False)

    # --- what is typed and pasted

    def on_paste(self, event: events.Paste) -> None:
        """Leave the paste to the row; Textual would take its first line as it is."""
        event.stop()
        event.prevent_default()
        self.post_message(self.Pasted(self, event.text))

    def set_text(self, text: str) -> None:
        """Replace everything, with the caret at the end."""
        self.replace(text, 0, len(self.value))

    @override
    def replace(self, text: str, start: int, end: int) -> None:
        self.max_length = max(
            self.limit, len(self.value)
        )  # what is too long can still be shortened
        super().replace(text, start, end)
        self._show_caret()  # Textual does not after the first change of an empty input

    @override
    def restricted(self) -> None:
        self.post_message(self.Full(self))

    # --- nothing leaves for the terminal's clipboard

    def action_ignore(self) -> None:
        """Copy and cut nothing."""

    @override
    def action_copy(self) -> None:
        self.action_ignore()

    @override
    def action_cut(self) -> None:
        self.action_ignore()

    @override
    def action_paste(self) -> None:
        self.action_ignore()


class _Printable(Highlighter):
    """Draws `�` for each character that cannot be printed."""

    def __init__(self, source: TextInput) -> None:
        self._input = source

    @override
    def highlight(self, text: Text) -> None:
        text.plain = self._input.shown()
