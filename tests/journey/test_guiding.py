"""What the guide knows of the official journey: how old it is, and where each place leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import cast

import pytest

from espace_tui.backends.port import Backend
from espace_tui.guide.official import load
from espace_tui.guide.official.model import Official
from espace_tui.journey import guiding
from espace_tui.journey.context import GuideDesk, StepContext
from espace_tui.journey.form import ActionKind
from espace_tui.journey.guide_answers import Goal, GuideAnswers, Who
from espace_tui.journey.guiding import SiteJourney
from espace_tui.journey.itineraries.guide import guide_itinerary
from espace_tui.journey.session import Session
from espace_tui.journey.wizard import Wizard
from espace_tui.model.policy import APP_2025
from tests.journey.steps.situations import SITE
from tests.walks.guide_world import PocketDesk
from tests.walks.worlds import FirstRun, PocketKeyring

NOTED = date(2025, 8, 27)


@pytest.fixture(scope="module")
def official() -> Official:
    return load()


@pytest.mark.parametrize(
    ("days", "text", "months"),
    [
        (-40, "guide.age.new", None),
        (0, "guide.age.new", None),
        (30, "guide.age.new", None),
        (31, "guide.age", 1),
        (364, "guide.age", 11),
        (365, "guide.age", 12),
    ],
)
def test_its_age_is_said_in_whole_months(days: int, text: str, months: int | None) -> None:
    age = SiteJourney(NOTED, load, NOTED + timedelta(days)).age
    assert (age.id, age.count, age.values["year"]) == (text, months, 2025)


def test_there_is_a_way_home_where_there_is_a_home() -> None:
    assert SiteJourney(NOTED, load, NOTED).exit_actions == ()
    (home,) = SiteJourney(NOTED, load, NOTED, "welcome").exit_actions
    assert (home.name, home.kind, home.target) == ("home", ActionKind.GO, "welcome")


def test_whoever_has_said_nothing_activates_as_an_adult(official: Official) -> None:
    assert guiding.known(Session()) == GuideAnswers()
    assert guiding.site_rules() is APP_2025
    assert guiding.is_activating(GuideAnswers())
    assert guiding.screen_step(Session(), official) == "screen_home"
    assert guiding.return_actions(Session()) == ()


def test_a_screen_of_what_one_wants_is_no_stray_though_one_activates_with_it_too(
    official: Official,
) -> None:
    own = official.journeys["oppose"]
    shared = replace(own, screens=(*own.screens, "code"))
    other = replace(official, journeys={**official.journeys, "oppose": shared})
    opposing = GuideAnswers(goal=Goal.OPPOSE)
    assert guiding.strays(official, opposing, "code")
    assert not guiding.strays(other, opposing, "code")
    assert not guiding.strays(official, GuideAnswers(), "code")
    assert not guiding.strays(official, opposing, "oppose-confirm")


@pytest.mark.parametrize(
    ("goal", "at", "leads", "place"),
    [
        (Goal.OPPOSE, "", "identity", "oppose-identity"),
        (Goal.OPPOSE, "", "code", "oppose-home"),
        (Goal.OPPOSE, "oppose-confirm", "code", "oppose-confirm"),
        (Goal.OPPOSE, "", "close", "sign-in"),
        (Goal.ACTIVATE, "home", "code", "code"),
        (Goal.CLOSE, "", "call", "call"),
    ],
)
def test_an_outcome_leads_to_the_like_screen_of_what_one_wants(
    official: Official, goal: Goal, at: str, leads: str, place: str
) -> None:
    assert guiding.leading(official, GuideAnswers(goal=goal, screen=at), leads) == place


def test_screens_are_alike_by_the_heading_that_comes_first(official: Official) -> None:
    first, last = official.screens["home"].headings
    like_first = replace(official.screens["oppose-confirm"], headings=(first,))
    like_last = replace(official.screens["oppose-home"], headings=(last,))
    screens = {**official.screens, "oppose-confirm": like_first, "oppose-home": like_last}
    other = replace(official, screens=screens)
    opposing = GuideAnswers(goal=Goal.OPPOSE)
    assert guiding.leading(other, opposing, "home") == "oppose-confirm"


@pytest.mark.parametrize(
    ("guide", "screen", "place"),
    [
        (GuideAnswers(), "identity", "channel"),
        (GuideAnswers(who=Who.CHILD), "code", "representative"),
        (GuideAnswers(goal=Goal.OPPOSE), "code", "which"),
        (GuideAnswers(goal=Goal.OPPOSE), "oppose-confirm", "end"),
        (GuideAnswers(goal=Goal.OPPOSE), "sign-in", "end"),
    ],
)
def test_what_comes_after_a_screen(
    official: Official, guide: GuideAnswers, screen: str, place: str
) -> None:
    assert guiding.following(official, guide, screen) == place


def test_a_place_nobody_knows_has_a_step_that_says_so() -> None:
    places = ("end", "caisse", "call", guiding.WHICH, "code")
    steps = ["guide_end", "guide_caisse", "guide_call", "guide_which", "screen_code"]
    assert [*map(guiding.step_of, places)] == steps


async def test_the_date_of_a_letter_is_of_no_use_once_it_is_noted() -> None:
    desk = cast("GuideDesk", PocketDesk())
    context = StepContext(cast("Backend", None), FirstRun(), PocketKeyring(), guide=desk)
    wizard = Wizard(context, guide_itinerary(SITE))
    await wizard.start("guide_calendar")
    wizard.set_text("received", "22/11/2026")
    assert await wizard.submit("save_calendar")
    assert wizard.step_name != "guide_calendar"
    assert wizard.draft("guide_calendar") == {}
