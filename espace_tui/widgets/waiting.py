"""The worded line of a wait, in the place of the keys: what is done, and how to cancel it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from typing_extensions import override

from espace_tui.widgets.face import Face
from espace_tui.widgets.press import Press
from espace_tui.widgets.words import Words


class Waiting(Horizontal, can_focus=True):
    """Nothing moves in it. It has the focus, not its button: Enter typed too soon is harmless."""

    DEFAULT_CSS = """
    Waiting {
        dock: bottom; height: auto; background: $background; color: $foreground;
        &:focus { text-style: bold; }
        & > Words { width: auto; margin-right: 1; }
    }
    """

    def __init__(self, face: Face) -> None:
        super().__init__()
        self.face = face
        self.cancel = Press(face.say("cancel", key=face.key("back")), "screen.back")

    @override
    def compose(self) -> ComposeResult:
        yield Words(self.face.say("waiting"))
        yield self.cancel
