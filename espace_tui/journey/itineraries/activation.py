"""The first itinerary: activating here, or opposing, over a backend that decides.

The numbered steps come in the order of the backend's policy; the others are around them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from espace_tui.journey import steps
from espace_tui.journey.itineraries import Itinerary

if TYPE_CHECKING:
    from espace_tui.journey.session import Session

_AFTER_CODE = {"contact": "contacts", "sign-in": "space", "reset": "new_password"}
"""Where a one-time code leads, by what it proves."""


def _after_code(session: Session) -> str:
    return _AFTER_CODE[session.require_code().purpose.value]


def _after_decision(session: Session) -> str:
    decided = session.decision
    return "opposition" if decided and decided.choice.value == "oppose" else ""


ACTIVATION = Itinerary(
    name="activation",
    first="welcome",
    holds=steps.STEPS.__contains__,
    finish="done",
    leads={
        "message": "prerequisites",
        "decision": _after_decision,
        "change_email": "one_time_code",
        "change_mobile": "one_time_code",
        "one_time_code": _after_code,
        "opposition": "opposed",
        "opposed": "welcome",
        "review": "done",
        "done": "sign_in",
        "sign_in": "one_time_code",
        "forgotten_identifier": "sign_in",
        "forgotten_password": "one_time_code",
        "new_password": "sign_in",
        "closing": "space",
        "reopening": "space",
        "space": "signed_out",
        "signed_out": "welcome",
    },
    terminal=frozenset({"welcome", "opposed", "done", "space", "signed_out"}),
    clear_on_success=frozenset(
        {"one_time_code", "change_email", "change_mobile", "new_password", "closing", "reopening"}
    ),  # `change_…` wait for their proof
    clear_session=frozenset({"welcome", "signed_out"}),
    redirects={
        "flow-expired": "identification",
        "stale-revision": "identification",
        "step-not-pending": "identification",
        "session-expired": "sign_in",
    },  # everything typed is kept there
    needs_consent=frozenset({"message", "sign_in", "identification", "identity"}),
)
