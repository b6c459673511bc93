"""The screen of the step `data_protection`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class DataProtectionScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
