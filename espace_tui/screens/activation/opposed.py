"""The screen of the step `opposed`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class OpposedScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
