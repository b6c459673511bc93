"""The screen of the step `terms`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class TermsScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
