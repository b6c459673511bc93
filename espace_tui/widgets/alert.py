"""What concerns the whole screen and must not be missed: it takes the focus when it appears."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Offset
from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.widgets.face import Face
from espace_tui.widgets.press import Press
from espace_tui.widgets.words import Words


class Alert(Vertical, can_focus=True):
    """« Erreur : … », with « Réessayer » where the same can be asked again."""

    DEFAULT_CSS = """
    Alert {
        height: auto; margin-bottom: 1; border-left: outer $wrong; padding-left: 1;
        & > Words { color: $wrong; text-style: bold; }
        &:focus { border-left: outer $focus; }
    }
    """
    enter_action = "app.focus_next"

    def __init__(self, face: Face, text: Text, *, retry: bool) -> None:
        super().__init__()
        self.face = face
        self.text = text
        self.retry = retry

    @override
    def compose(self) -> ComposeResult:
        yield Words(self.face.say("wrong", what=self.text))
        if self.retry:
            yield Press(self.face.say("retry"), "screen.retry")

    @property
    def caret(self) -> Offset:
        """Where the terminal's cursor goes: on the first letter."""
        return self.content_region.offset
