"""The third itinerary: « is this message genuine? », reached from the others; no backend either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from espace_tui.journey import steps
from espace_tui.journey.itineraries import Itinerary

if TYPE_CHECKING:
    from espace_tui.model.policy import Policy


def _rules() -> Policy:
    from espace_tui.model.policy import APP_2025  # noqa: PLC0415 — after the first paint

    return APP_2025


CHECKING = Itinerary(
    name="checking",
    first="check_message",
    holds=steps.CHECKING.__contains__,
    order=lambda _policy: (),
    finish="check_message",
    clear_on_success=frozenset(steps.CHECKING),
    own_policy=_rules,
)
