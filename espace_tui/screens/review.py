"""« Je vérifie et je valide »: keys typed before it was painted do not validate."""

from __future__ import annotations

from math import inf

from textual import events
from textual.message import Message
from typing_extensions import override

from espace_tui.screens.step import StepScreen


class ReviewScreen(StepScreen):
    """The review, whose main action takes legal effect."""

    painted_at = inf
    """When it was painted, on the clock of Textual's events."""

    @override
    def on_mount(self) -> None:
        super().on_mount()
        self.call_after_refresh(self._painted)

    def _painted(self) -> None:
        self.painted_at = Message().time

    @override
    def intercept_key(self, event: events.Key | events.Paste) -> bool:
        return event.time >= self.painted_at and super().intercept_key(event)
