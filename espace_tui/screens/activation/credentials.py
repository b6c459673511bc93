"""The screen of the step `credentials`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class CredentialsScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
