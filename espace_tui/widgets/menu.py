"""« Touches et aide »: every key as a button, what the movement keys do, the themes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget
from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.widgets.face import Face
from espace_tui.widgets.overlay import Overlay
from espace_tui.widgets.press import Press
from espace_tui.widgets.words import Words

DEEDS = (
    *("continue", "back", "help", "answers", "reveal", "magnify"),
    *("language", "theme", "linear", "hide", "leave"),
)


class Menu(Overlay):
    """All that can be done from anywhere."""

    title_id: ClassVar[str] = "menu"

    def __init__(self, face: Face, main: Text) -> None:
        super().__init__(face)
        self.main = main
        """What going on does here: « Continuer », « Valider »."""

    @override
    def content(self) -> Iterable[Widget]:
        yield Words(self.face.say("menu.moving"))

    @override
    def buttons(self) -> Iterable[Press]:
        for name in DEEDS:
            what = self.face.say(self.main if name == "continue" else f"do.{name}")
            yield Press(f"{self.face.key(name)} {what}", ("screen", "choose", (name,)))
