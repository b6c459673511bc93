"""The screen of the step `decision`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class DecisionScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
