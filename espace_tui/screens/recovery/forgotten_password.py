"""The screen of the step `forgotten_password`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class ForgottenPasswordScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
