"""The last line of a screen: the menu of keys as a button, then the keys that fit."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets._static import Static
from typing_extensions import override

from espace_tui.widgets.face import Face
from espace_tui.widgets.press import Press


class Chip(Static):
    """A key and what it does; it can be clicked. The menu holds the same for the keyboard."""

    DEFAULT_CSS = """
    Chip { width: auto; margin-left: 2; color: $muted; }
    """

    def __init__(self, label: str, action: str) -> None:
        super().__init__(label, markup=False)
        self.action = action

    def on_click(self, event: events.Click) -> None:
        """Do what the key does."""
        event.stop()
        self.app.call_later(self.app.run_action, self.action, self)


class KeyBar(Horizontal):
    """« Touches et aide », then as many keys as fit; what does not fit is not cut but left out."""

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom; height: 1; background: $background; color: $foreground; overflow: hidden;
        & > Chip.-out { display: none; }
    }
    """

    def __init__(self, face: Face, keys: tuple[tuple[str, str], ...]) -> None:
        self.menu = Press(face.say("menu", key=face.key("menu")), "screen.menu")
        self.chips = [
            Chip(f"{face.key(name)} {face.say(f'do.{name}')}", action) for name, action in keys
        ]
        self.widths = [len(str(chip.content)) + 2 for chip in self.chips]
        super().__init__()

    @override
    def compose(self) -> ComposeResult:
        yield self.menu
        yield from self.chips

    def on_resize(self, event: events.Resize) -> None:
        """Keep the keys that fit."""
        left = event.size.width - len(self.menu.label) - 4
        for chip, width in zip(self.chips, self.widths, strict=True):
            left -= width
            chip.set_class(left < 0, "-out")
