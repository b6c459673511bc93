"""The screen of the step `signed_out`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class SignedOutScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
