"""The screen of the step `no_card`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class NoCardScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
