"""The screen of the step `identity`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class IdentityScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
