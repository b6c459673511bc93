"""The keyboard changes hands before what is secret, and after it, whichever way one goes."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from espace_tui.backends.port import Backend
from espace_tui.journey.context import GuideDesk, StepContext
from espace_tui.journey.guiding import SCREEN, SiteJourney
from espace_tui.journey.itineraries.counter import GIVE_BACK, HAND_OVER, PARTING, visit_itinerary
from espace_tui.journey.itineraries.guide import guide_itinerary
from espace_tui.journey.itineraries.hand_over import NUMBERS, secret_steps, with_hand_over
from espace_tui.journey.wizard import Wizard
from tests.journey.steps.situations import SITE, FakeNotes
from tests.walks.guide_world import PocketDesk
from tests.walks.worlds import FirstRun, PocketKeyring

CANNOT_TYPE = "counter_cannot_type"


def visit(posture: str) -> tuple[Wizard, FakeNotes]:
    """Return a visit of somebody who types, or not, beside the official site."""
    notes = FakeNotes()
    notes.note("posture", posture)
    desk = cast("GuideDesk", PocketDesk())
    context = StepContext(cast("Backend", None), FirstRun(), PocketKeyring(), guide=desk)
    site = with_hand_over(guide_itinerary(SITE), notes, secret_steps(notes, SITE))
    return Wizard(context, visit_itinerary(notes), site), notes


async def test_who_types_alone_is_handed_the_keyboard_for_the_password_only() -> None:
    wizard, notes = visit("beside")
    await wizard.start("guide_identifier")
    assert wizard.step_name == "guide_identifier"
    await wizard.start("guide_password")
    assert (wizard.step_name, notes.handed_over) == (HAND_OVER, False)
    await wizard.submit()
    assert (wizard.step_name, notes.handed_over) == ("guide_password", True)
    await wizard.start("guide_open")
    assert (wizard.step_name, notes.handed_over) == (GIVE_BACK, True)
    await wizard.submit()
    assert (wizard.step_name, notes.handed_over) == ("guide_open", False)


async def test_going_back_passes_by_the_same_way() -> None:
    wizard, notes = visit("for-them")
    for name in ("guide_ready", "guide_identifier"):
        await wizard.start(name)
    assert wizard.step_name == HAND_OVER
    assert await wizard.back()
    assert wizard.step_name == "guide_ready"
    await wizard.start("guide_identifier")
    await wizard.submit()
    await wizard.start("guide_password")
    assert wizard.step_name == "guide_password"
    assert await wizard.back()
    assert wizard.step_name == "guide_identifier"
    assert await wizard.back()
    assert (wizard.step_name, notes.handed_over) == (GIVE_BACK, True)
    await wizard.submit()
    assert (wizard.step_name, notes.handed_over) == ("guide_ready", False)


async def test_who_cannot_type_chooses_somebody_and_goes_on() -> None:
    wizard, notes = visit("for-them")
    await wizard.start("guide_password")
    await wizard.submit("cannot_type")
    assert wizard.step_name == CANNOT_TYPE
    await wizard.submit()
    assert (wizard.step_name, notes.handed_over) == ("guide_password", True)
    await wizard.start(PARTING)
    assert (wizard.step_name, notes.handed_over) == (PARTING, False)


@pytest.mark.parametrize(
    ("posture", "asked"),
    [
        ("beside", {"password"}),
        ("for-them", {"password", "identifier", "one_time_code", "contact_code"}),
    ],
)
async def test_the_screens_of_the_official_site_that_ask_a_secret_are_handed_over(
    posture: str, asked: set[str]
) -> None:
    for name, screen in SITE.official.screens.items():
        wizard, _ = visit(posture)
        await wizard.start(f"{SCREEN}{name}")
        assert (wizard.step_name == HAND_OVER) == bool(asked & {*screen.asks})


async def test_the_keyboard_may_be_asked_for_where_nothing_is_secret() -> None:
    wizard, notes = visit("beside")
    await wizard.start("guide_ready")
    notes.pending = notes.lent_at = "guide_ready"
    await wizard.start(HAND_OVER)
    assert await wizard.back()
    assert wizard.step_name == "guide_ready"
    await wizard.start(HAND_OVER)
    await wizard.submit()
    assert (wizard.step_name, notes.handed_over) == ("guide_ready", True)
    await wizard.start("guide_open")
    assert wizard.step_name == GIVE_BACK


@pytest.mark.parametrize("posture", ["beside", "for-them"])
@pytest.mark.parametrize(
    ("step", "whose"),
    [
        ("guide_password", "all"),
        ("credentials", "all"),
        ("sign_in", "all"),
        ("new_password", "all"),
        ("guide_identifier", "for-them"),
        ("forgotten_password", "for-them"),
        ("one_time_code", "for-them"),
        ("card", "none"),
        ("message", "none"),
    ],
)
def test_a_step_is_secret_by_who_types_there(step: str, whose: str, posture: str) -> None:
    notes = FakeNotes()
    notes.note("posture", posture)
    assert secret_steps(notes, SITE)(step) is (whose in {"all", posture})


@pytest.mark.parametrize("asked", ["identifier", "one_time_code", "contact_code", "password"])
def test_a_screen_of_the_site_is_secret_by_what_it_asks(asked: str) -> None:
    code = replace(SITE.official.screens["code"], asks=(asked,))
    other = replace(SITE.official, screens={**SITE.official.screens, "code": code})
    site = SiteJourney(SITE.noted, lambda: other, SITE.today)
    for posture, secret in (("for-them", True), ("beside", asked == "password")):
        notes = FakeNotes()
        notes.note("posture", posture)
        assert secret_steps(notes, site)(f"{SCREEN}code") is secret


async def test_a_visit_for_somebody_who_is_not_there_is_over_once_it_is_explained() -> None:
    wizard, _ = visit("absent")
    await wizard.start("counter_posture")
    wizard.set_text("posture", "absent")
    assert await wizard.submit()
    assert wizard.step_name == "counter_absent"
    assert await wizard.submit()
    assert wizard.itinerary.exits_at(wizard.step_name)


@pytest.mark.parametrize(
    ("posture", "allowed", "asked"),
    [("beside", False, True), ("for-them", False, False), ("for-them", True, True)],
)
async def test_numbers_are_checked_by_the_person_or_where_it_is_allowed(
    posture: str, *, allowed: bool, asked: bool
) -> None:
    wizard, notes = visit(posture)
    notes.checks_numbers = allowed
    await wizard.start("guide_for")
    assert (NUMBERS in {link.step for link in wizard.step_links()}) is asked
