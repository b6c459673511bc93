"""The screen of the step `reopening`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class ReopeningScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
