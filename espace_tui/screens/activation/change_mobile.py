"""The screen of the step `change_mobile`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class ChangeMobileScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
