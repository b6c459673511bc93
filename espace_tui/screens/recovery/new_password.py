"""The screen of the step `new_password`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class NewPasswordScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
