"""The screen of the step `done`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class DoneScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
