"""Every step by its name: each is a module of this folder with a `STEP`.

Where a step leads is told by an itinerary (`espace_tui.journey.itineraries`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, cast

from espace_tui.journey.form import Step

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

CHECKING: Mapping[str, tuple[str, str]] = {
    "check_message": ("espace_tui.journey.steps.reading.check_message", "STEP"),
    "check_questions": ("espace_tui.journey.steps.reading.check_questions", "STEP"),
}
"""The steps of « is this message genuine? »."""

GUIDE: Mapping[str, tuple[str, str]] = {
    "guide_for": ("espace_tui.journey.steps.guide.purpose", "FOR"),
    "guide_goal": ("espace_tui.journey.steps.guide.purpose", "GOAL"),
    "guide_reach": ("espace_tui.journey.steps.guide.reach", "REACH"),
    "guide_caisse": ("espace_tui.journey.steps.guide.reach", "CAISSE"),
    "guide_time": ("espace_tui.journey.steps.guide.before", "TIME"),
    "guide_message": ("espace_tui.journey.steps.guide.before", "MESSAGE"),
    "guide_numbers": ("espace_tui.journey.steps.guide.numbers", "STEP"),
    "guide_ready": ("espace_tui.journey.steps.guide.ready", "STEP"),
    "guide_identifier": ("espace_tui.journey.steps.guide.identifier", "STEP"),
    "guide_password": ("espace_tui.journey.steps.guide.password", "STEP"),
    "guide_open": ("espace_tui.journey.steps.guide.opening", "STEP"),
    "guide_unknown": ("espace_tui.journey.steps.guide.lost", "UNKNOWN"),
    "guide_call": ("espace_tui.journey.steps.guide.lost", "CALL"),
    "guide_end": ("espace_tui.journey.steps.guide.ending", "END"),
    "guide_calendar": ("espace_tui.journey.steps.guide.ending", "CALENDAR"),
}
"""The steps of the guide beside the official site, but for those made of its data."""


@cache
def load(name: str) -> Step[Any]:
    """Return a step by its name; its module is imported when it is first needed."""
    module, variable = {**STEPS, **CHECKING, **GUIDE}[name]
    return cast("Step[Any]", getattr(import_module(module), variable))


def make(where: tuple[str, str], *given: object) -> Step[Any]:
    """Return a new step of the class that stands somewhere, made of what it is given."""
    module, step_class = where
    return cast("Step[Any]", getattr(import_module(module), step_class)(*given))
