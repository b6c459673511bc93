"""The screen of the step `identification`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class IdentificationScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
