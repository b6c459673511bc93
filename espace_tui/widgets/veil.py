"""F9: nothing of the person can be read any more, at once; any key comes back."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from typing_extensions import override

from espace_tui.widgets.face import Face
from espace_tui.widgets.words import Words


class Veil(Screen[object]):
    """One sentence and nothing else."""

    DEFAULT_CSS = """
    Veil {
        background: $background; color: $foreground; padding: 0 1;
        &:ansi { background: ansi_default; color: ansi_default; }
    }
    """

    def __init__(self, face: Face) -> None:
        super().__init__()
        self.face = face

    @override
    def compose(self) -> ComposeResult:
        yield Words(self.face.say("veil"))

    def on_key(self, event: events.Key) -> None:
        """Come back, and do nothing else with the key."""
        event.stop()
        event.prevent_default()
        self.dismiss(None)

    def on_click(self) -> None:
        """Come back."""
        self.dismiss(None)
