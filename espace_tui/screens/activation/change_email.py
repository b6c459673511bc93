"""The screen of the step `change_email`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class ChangeEmailScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
