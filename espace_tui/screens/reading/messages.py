"""The screen of the step `messages`."""

from __future__ import annotations

from espace_tui.screens.step import StepScreen


class MessagesScreen(StepScreen):
    """An ordinary step: what it asks says it all."""
