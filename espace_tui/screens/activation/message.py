"""The screen of the step `message`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class MessageScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
