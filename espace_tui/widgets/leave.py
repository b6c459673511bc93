"""Ctrl+C: the question before leaving. Staying comes first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget
from typing_extensions import override

from espace_tui.widgets.face import Face
from espace_tui.widgets.overlay import Overlay
from espace_tui.widgets.press import Press
from espace_tui.widgets.words import Words


class Leave(Overlay):
    """Says what is kept; with an open space, that it should be left by signing out."""

    title_id: ClassVar[str] = "leave"

    def __init__(self, face: Face, *, signed_in: bool) -> None:
        super().__init__(face)
        self.signed_in = signed_in

    @override
    def content(self) -> Iterable[Widget]:
        yield Words(self.face.say("leave.open" if self.signed_in else "leave.kept"))

    @override
    def presses(self) -> Iterable[Press]:
        yield Press(self.face.say("leave.stay", key=self.face.key("back")), "screen.close")
        yield Press(self.face.say("leave.quit"), ("screen", "choose", ("quit",)))
