"""The screen of the step `card`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class CardScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
