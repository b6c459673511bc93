"""The screen of the step `sign_in`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class SignInScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
