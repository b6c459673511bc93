"""The order of the steps, and nothing else: each step is a module of this folder with a `STEP`.

The numbered ones come in the order of the backend's policy; the others are around them. Where a
step leads is here too: `wizard.py` reads it and decides, a step never names another's module.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from espace_tui.journey.form import Step

if TYPE_CHECKING:
    from espace_tui.journey.session import Session

FIRST = "welcome"

STEPS: Mapping[str, tuple[str, str]] = {
    "welcome": ("espace_tui.journey.steps.reading.welcome", "STEP"),
    "privacy": ("espace_tui.journey.steps.reading.privacy", "STEP"),
    "privacy_choices": ("espace_tui.journey.steps.reading.privacy_choices", "STEP"),
    "no_card": ("espace_tui.journey.steps.reading.no_card", "STEP"),
    "message": ("espace_tui.journey.steps.activation.message", "STEP"),
    "messages": ("espace_tui.journey.steps.reading.messages", "STEP"),
    "prerequisites": ("espace_tui.journey.steps.activation.prerequisites", "STEP"),
    "identity": ("espace_tui.journey.steps.recovery.identity", "STEP"),
    "identification": ("espace_tui.journey.steps.activation.identification", "STEP"),
    "card": ("espace_tui.journey.steps.activation.card", "STEP"),
    "decision": ("espace_tui.journey.steps.activation.decision", "STEP"),
    "terms": ("espace_tui.journey.steps.reading.documents", "TERMS"),
    "data_protection": ("espace_tui.journey.steps.reading.documents", "DATA_PROTECTION"),
    "opposition": ("espace_tui.journey.steps.activation.opposition", "STEP"),
    "opposed": ("espace_tui.journey.steps.activation.opposed", "STEP"),
    "contacts": ("espace_tui.journey.steps.activation.contacts", "STEP"),
    "change_email": ("espace_tui.journey.steps.activation.change_contact", "CHANGE_EMAIL"),
    "change_mobile": ("espace_tui.journey.steps.activation.change_contact", "CHANGE_MOBILE"),
    "one_time_code": ("espace_tui.journey.steps.space.one_time_code", "STEP"),
    "credentials": ("espace_tui.journey.steps.activation.credentials", "STEP"),
    "review": ("espace_tui.journey.steps.activation.review", "STEP"),
    "done": ("espace_tui.journey.steps.activation.done", "STEP"),
    "sign_in": ("espace_tui.journey.steps.space.sign_in", "STEP"),
    "forgotten_identifier": ("espace_tui.journey.steps.recovery.forgotten_identifier", "STEP"),
    "forgotten_password": ("espace_tui.journey.steps.recovery.forgotten_password", "STEP"),
    "new_password": ("espace_tui.journey.steps.recovery.new_password", "STEP"),
    "space": ("espace_tui.journey.steps.space.space", "STEP"),
    "closing": ("espace_tui.journey.steps.space.close_reopen", "CLOSING"),
    "reopening": ("espace_tui.journey.steps.space.close_reopen", "REOPENING"),
    "signed_out": ("espace_tui.journey.steps.space.signed_out", "STEP"),
}
"""Every step, in the order a whole journey may meet them, and where it is defined."""

NEXT: Mapping[str, str] = {
    "message": "prerequisites",
    "prerequisites": "",
    "change_email": "one_time_code",
    "change_mobile": "one_time_code",
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
}
"""Where a step outside the numbered ones leads once submitted; « » is the numbered journey."""

NEXT_AFTER_CODE: Mapping[str, str] = {
    "contact": "contacts",
    "sign-in": "space",
    "reset": "new_password",
}
"""Where a one-time code leads, by what it proves."""

TERMINAL = frozenset({"welcome", "opposed", "done", "space", "signed_out"})
"""Steps from which there is no way back: what was before them is over."""

CLEAR_ON_SUCCESS = frozenset(
    {"one_time_code", "change_email", "change_mobile", "new_password", "closing", "reopening"}
)
"""Steps whose answers are of no use once they are accepted; `change_…` wait for their proof."""

CLEAR_SESSION = frozenset({"welcome", "signed_out"})
"""Ends where the rights and secrets of the session are forgotten too."""

REDIRECTS: Mapping[str, str] = {
    "flow-expired": "identification",
    "stale-revision": "identification",
    "step-not-pending": "identification",
    "session-expired": "sign_in",
}
"""Where a refusal sends the person: everything typed is kept there."""

NEEDS_CONSENT = frozenset({"message", "sign_in", "identification", "identity"})
"""Steps that wait for the privacy choices of the very first run."""


@cache
def load(name: str) -> Step[Any]:
    """Return a step by its name; its module is imported when it is first needed."""
    module, variable = STEPS[name]
    return cast("Step[Any]", getattr(import_module(module), variable))


def next_step(session: Session, order: tuple[str, ...], step_name: str) -> str:
    """Return where a step leads once its answers are accepted."""
    if step_name == "one_time_code":
        return NEXT_AFTER_CODE[session.require_code().purpose.value]
    decided = session.decision
    if step_name == "decision" and decided and decided.choice.value == "oppose":
        return "opposition"
    return NEXT.get(step_name) or first_unfinished(session, order)


def outdated(before: Session, now: Session) -> tuple[str, ...]:
    """Return the steps whose answers no longer mean anything: a code sent replaces the last one."""
    return ("one_time_code",) if now.code_request != before.code_request else ()


def first_unfinished(session: Session, order: tuple[str, ...]) -> str:
    """Return the first numbered step that is not done yet: where going on leads.

    So a resumed activation lands where it stopped, and « Modifier » comes back to the review.
    """
    numbered = map(load, order)
    return next((s.name for s in numbered if not s.done(session)), "done")


def furthest_step(session: Session, order: tuple[str, ...], step_name: str) -> str:
    """Return the furthest numbered step one can jump to, or « » where the journey is over."""
    return "" if step_name in TERMINAL else first_unfinished(session, order)
