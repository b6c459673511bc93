"""The screen of the step `forgotten_identifier`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class ForgottenIdentifierScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
