"""The first screen: language and colours are offered at once."""

from __future__ import annotations

from collections.abc import Iterable

from typing_extensions import override

from espace_tui.screens.step import StepScreen
from espace_tui.view import View
from espace_tui.widgets.press import Press


class Welcome(StepScreen):
    """Where to begin."""

    @override
    def presses(self, view: View) -> Iterable[Press]:
        yield from super().presses(view)
        yield Press(self.face.say("do.language"), "app.language", quiet=True)
        yield Press(self.face.say("do.theme"), "app.theme", quiet=True)
