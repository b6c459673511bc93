"""The screen of the step `one_time_code`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class OneTimeCodeScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
