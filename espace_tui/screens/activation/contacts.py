"""The screen of the step `contacts`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class ContactsScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
