"""The itinerary of a visit at a counter: it greets, leads to another itinerary, and parts.

The helper and the person choose how they do it before anything is asked; around what is secret the
keyboard changes hands: `hand_over` has two of its steps passed by on the way into another
itinerary. What a visit is counted under is noted as it goes (`VisitNotes`), in words of closed
lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from espace_tui.journey import steps
from espace_tui.journey.context import VisitNotes
from espace_tui.journey.form import Action, ActionKind, Step
from espace_tui.journey.guiding import site_rules
from espace_tui.journey.itineraries import Itinerary

if TYPE_CHECKING:
    from espace_tui.journey.session import Session

WAITING, PARTING, OVER = "counter_waiting", "counter_parting", "counter_over"
HAND_OVER, GIVE_BACK = "counter_hand_over", "counter_give_back"
NOTHING_SECRET_AT = frozenset({GIVE_BACK, PARTING})
"""The steps that say so: nothing of what was said before may be left above them."""
_STEPS: Mapping[str, tuple[str, str]] = {
    WAITING: ("espace_tui.journey.steps.counter.waiting", "WaitingStep"),
    "counter_handouts": ("espace_tui.journey.steps.counter.between", "HandoutsStep"),
    "counter_counts": ("espace_tui.journey.steps.counter.between", "CountsStep"),
    "counter_computer": ("espace_tui.journey.steps.counter.between", "ComputerStep"),
    "counter_comfort": ("espace_tui.journey.steps.counter.greeting", "ComfortStep"),
    "counter_posture": ("espace_tui.journey.steps.counter.greeting", "PostureStep"),
    "counter_absent": ("espace_tui.journey.steps.counter.greeting", "AbsentStep"),
    "counter_agreement": ("espace_tui.journey.steps.counter.greeting", "AgreementStep"),
    "counter_purpose": ("espace_tui.journey.steps.counter.greeting", "PurposeStep"),
    PARTING: ("espace_tui.journey.steps.counter.parting", "PartingStep"),
    OVER: ("espace_tui.journey.steps.counter.parting", "OverStep"),
}
KEYBOARD: Mapping[str, tuple[str, str]] = {
    HAND_OVER: ("espace_tui.journey.steps.counter.keyboard", "HandOverStep"),
    GIVE_BACK: ("espace_tui.journey.steps.counter.keyboard", "GiveBackStep"),
    "counter_cannot_type": ("espace_tui.journey.steps.counter.keyboard", "CannotTypeStep"),
}
"""The steps that one passes by when the keyboard changes hands."""
STEPS: Mapping[str, tuple[str, str]] = {**_STEPS, **KEYBOARD}
"""Every step of a visit, and where it is defined."""
_AFTER_PURPOSE = {"message": "check_message", "here": "message", "child": "guide_reach"}
"""Where a purpose leads that answers more than what is asked first: for whom."""


def made(name: str, notes: VisitNotes) -> Step[Any]:
    """Return a step of a visit."""
    return steps.make(STEPS[name], notes)


def visit_itinerary(notes: VisitNotes) -> Itinerary:
    """Return the itinerary of one visit."""

    @cache
    def own_step(name: str) -> Step[Any] | None:
        return made(name, notes) if name in STEPS else None

    def after_posture(_session: Session) -> str:
        after = {"absent": "counter_absent", "for-them": "counter_agreement"}
        return after.get(notes.get("posture"), "counter_purpose")

    def after_purpose(_session: Session) -> str:
        return _AFTER_PURPOSE.get(notes.get("purpose"), "guide_for")

    return Itinerary(
        name="counter",
        first=WAITING,
        holds=STEPS.__contains__,
        order=lambda _policy: (),
        leads={
            "counter_handouts": "counter_handouts",
            "counter_comfort": "counter_posture",
            "counter_posture": after_posture,
            "counter_absent": OVER,
            "counter_agreement": "counter_purpose",
            "counter_purpose": after_purpose,
            PARTING: OVER,
            **dict.fromkeys(KEYBOARD, lambda _session: notes.pending),
        },
        finish=OVER,
        terminal=frozenset({WAITING, OVER}),
        no_return=frozenset({"counter_comfort"}),
        clear_session=frozenset({OVER}),
        exchanged={"home": Action("to_parting", ActionKind.GO, PARTING)},
        own_policy=site_rules,
        own_step=own_step,
        exits=frozenset({OVER}),
        passing=frozenset(KEYBOARD),
    )
