"""The screen of the step `prerequisites`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class PrerequisitesScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
