"""What the guide beside the official site knows, for the time of one journey.

`SiteJourney` is the official journey as the steps are handed it: read when the first of them needs
it. The answers (`guide_answers`) are imported after the first paint.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, cast

from espace_tui.i18n import Bilingual, Text
from espace_tui.journey.form import Action, ActionKind, Paragraph

if TYPE_CHECKING:
    from espace_tui.guide.official.model import Official
    from espace_tui.journey.guide_answers import GuideAnswers
    from espace_tui.journey.session import Session
    from espace_tui.model.policy import Policy

_ANSWERS = "espace_tui.journey.guide_answers"
"""Imported, like the rules, after the first paint: pydantic comes with it."""
WHICH = "which"
"""The place after a screen that is not of what one wants: nobody knows which comes then."""
SCREEN = "screen_"
"""What the name of the step of an official screen begins with."""


class SiteJourney:
    """The official journey, and what day it is; `home` is the step to leave the guide by."""

    def __init__(
        self,
        noted: date,
        load: Callable[[], Official],
        today: date,
        home: str = "",
        home_action: str = "home",
    ) -> None:
        self.noted = noted
        self.today = today
        self.home = home
        self.home_action = home_action
        self._load = load

    @cached_property
    def official(self) -> Official:
        """The journey, read when it is first needed."""
        return self._load()

    @property
    def exit_actions(self) -> tuple[Action, ...]:
        """What leaves the guide, where there is somewhere to go."""
        return (Action(self.home_action, ActionKind.GO, self.home),) if self.home else ()

    @property
    def age(self) -> Text:
        """How old the data is, in words."""
        months = max(0, (self.today - self.noted).days) * 12 // 365
        values = {"month": Text(f"month.{self.noted.month}"), "year": self.noted.year}
        return Text("guide.age" if months else "guide.age.new", values, months or None)


def known(session: Session) -> GuideAnswers:
    """Return what was answered so far."""
    return session.guide or cast("GuideAnswers", import_module(_ANSWERS).GuideAnswers())


def site_rules() -> Policy:
    """Return the rules of the official site, as far as they are known."""
    return cast("Policy", import_module("espace_tui.model.policy").APP_2025)


def answered(session: Session, step_name: str, **changes: object) -> Session:
    """Return the session once a step was answered."""
    guide = known(session)
    return remembered(session, done=guide.done | {step_name}, **changes)


def remembered(session: Session, **changes: object) -> Session:
    """Return the session with something more known."""
    return session.with_(guide=known(session).with_(**changes))


def words(text: Bilingual) -> Text:
    """Return a text that stands in the official file, in the language of whoever reads."""
    return Text("guide.words", {"words": text})


def journey_id(guide: GuideAnswers) -> str:
    """Return the name of the official journey that leads to what one wants."""
    if guide.goal and guide.goal.value != "activate":
        return guide.goal.value
    child = guide.who is not None and guide.who.value == "child"
    return "activate-child" if child else "activate-adult"


def step_of(place: str) -> str:
    """Return the step of a place of the official file: a screen, or one of its ends."""
    ends = {
        "end": "guide_end",
        "caisse": "guide_caisse",
        "call": "guide_call",
        WHICH: "guide_which",
    }
    return ends.get(place, f"{SCREEN}{place}")


def return_actions(session: Session) -> tuple[Action, ...]:
    """Return going back to the official screen one is at; none before any."""
    screen = known(session).screen
    return (Action("back_to_screen", ActionKind.GO, step_of(screen)),) if screen else ()


def to_calendar(session: Session) -> tuple[Action, ...]:
    """Return noting the end of the six weeks, on a computer of one's own."""
    noting = Action("to_calendar", ActionKind.GO, "guide_calendar", quiet=True)
    return (noting,) if known(session).may_save else ()


def saved_as(session: Session) -> tuple[Paragraph, ...]:
    """Return where the calendar file is, once it was written."""
    path = known(session).saved_as
    return (Paragraph(Text("guide.saved", {"path": path})),) if path else ()


def screen_step(session: Session, official: Official) -> str:
    """Return the step of the screen one is at; the first of the journey before any."""
    guide = known(session)
    return step_of(guide.screen or official.journeys[journey_id(guide)].screens[0])


def is_activating(guide: GuideAnswers) -> bool:
    """Return whether one wants to activate, or has not said what else."""
    return journey_id(guide).startswith("activate")


def strays(official: Official, guide: GuideAnswers, screen_id: str) -> bool:
    """Return whether a screen is one of the activation, where something else is wanted."""
    if is_activating(guide) or screen_id in official.journeys[journey_id(guide)].screens:
        return False
    return screen_id in official.journeys["activate-child"].screens


def following(official: Official, guide: GuideAnswers, screen_id: str) -> str:
    """Return the place that comes after a screen: those that are not everybody's are left out."""
    screens = official.journeys[journey_id(guide)].screens
    if screen_id not in screens:
        stray = strays(official, guide, screen_id)
        return WHICH if stray else official.screens[screen_id].next
    rest = screens[screens.index(screen_id) + 1 :]
    return next((each for each in rest if not official.screens[each].optional), "end")


def leading(official: Official, guide: GuideAnswers, leads: str) -> str:
    """Return where an outcome leads in what one wants, which may have its own screen of that kind.

    « Mon identité » is asked for opposing too; without such a screen one stays where one is.
    """
    own = official.journeys[journey_id(guide)].screens
    target = official.target_of(leads, journey_id(guide))
    if leads in official.journeys or not strays(official, guide, target):
        return target
    heading = official.screens[target].headings[0]
    alike = (each for each in own if heading in official.screens[each].headings)
    return next(alike, guide.screen or own[0])
