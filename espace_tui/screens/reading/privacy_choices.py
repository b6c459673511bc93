"""The screen of the step `privacy_choices`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class PrivacyChoicesScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
