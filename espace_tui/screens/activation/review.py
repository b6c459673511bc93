"""« Je vérifie et je valide »: keys typed before it was painted do not validate."""

from __future__ import annotations

from typing_extensions import override

from espace_tui.screens.step import StepScreen


class ReviewScreen(StepScreen):
    """The review, whose main action takes legal effect."""

    @property
    @override
    def must_be_read(self) -> bool:
        return True
