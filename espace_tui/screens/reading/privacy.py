"""The screen of the step `privacy`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class PrivacyScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
