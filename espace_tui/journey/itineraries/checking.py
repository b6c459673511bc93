"""The third itinerary: « is this message genuine? », reached from the others; no backend either."""

from __future__ import annotations

from espace_tui.journey import steps
from espace_tui.journey.guiding import site_rules
from espace_tui.journey.itineraries import Itinerary

CHECKING = Itinerary(
    name="checking",
    first="check_message",
    holds=steps.CHECKING.__contains__,
    order=lambda _policy: (),
    finish="check_message",
    clear_on_success=frozenset(steps.CHECKING),
    own_policy=site_rules,
)
