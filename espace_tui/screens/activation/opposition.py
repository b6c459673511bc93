"""The screen of the step `opposition`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class OppositionScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
