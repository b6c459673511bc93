"""F9: nothing of the person can be read any more, at once; any key comes back."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from typing_extensions import override

from espace_tui.widgets.face import Face
from espace_tui.widgets.page import Page
from espace_tui.widgets.words import Words


class Veil(Page[object]):
    """One sentence and nothing else."""

    def __init__(self, face: Face) -> None:
        super().__init__()
        self.face = face

    @override
    def compose(self) -> ComposeResult:
        yield Words(self.face.say("veil"))

    @override
    def heed(self, event: events.Key | events.Paste) -> bool:
        """Come back, and do nothing else with the key."""
        if isinstance(event, events.Key):
            self.dismiss(None)
        return False

    def on_click(self) -> None:
        """Come back."""
        self.dismiss(None)
