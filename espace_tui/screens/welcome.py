"""The first screen: language and colours are offered at once."""

from __future__ import annotations

from collections.abc import Iterable

from typing_extensions import override

from espace_tui.screens.step import StepScreen
from espace_tui.widgets.press import Press


class Welcome(StepScreen):
    """Where to begin."""

    @override
    def extras(self) -> Iterable[Press]:
        yield Press(self.face.say("do.language"), "app.language", quiet=True)
        yield Press(self.face.say("do.theme"), "app.theme", quiet=True)
