"""The screen of the step `closing`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class ClosingScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
