"""One screen of the official site: what to do there. It never goes on by itself.

« Je vois un autre écran » and « Le site refuse » are always there: the site is right. Before the
decision, the same number of words is said for each side.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from typing_extensions import override

from espace_tui.guide.official.model import Screen
from espace_tui.i18n import Bilingual, Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import Action, ActionKind, Block, Bullets, Paragraph, StepState
from espace_tui.journey.guide_answers import Goal, GuideAnswers, Reach, Who
from espace_tui.journey.guiding import (
    SiteJourney,
    following,
    is_activating,
    journey_id,
    known,
    remembered,
    step_of,
    strays,
    words,
)
from espace_tui.journey.session import Session
from espace_tui.journey.steps.kinds import SiteStep

UNSEEN = frozenset({"inferred", "unverified"})
ACTIVATING = ("go_on_activating", "rather_oppose")
OPPOSING = ("go_on_opposing", "rather_activate")
"""Before the decision: what goes on, and what turns to the other side."""
NUMBERS = frozenset({"birth_date", "nir", "serial"})
SIGN_IN = frozenset({"identifier", "password", "one_time_code"})
"""What is asked of someone who has an identifier: nothing was prepared for it."""


class SiteScreenStep(SiteStep[None]):
    """Made of the official file: the guide has one for each screen."""

    name: ClassVar[str] = "site_screen"

    def __init__(self, site: SiteJourney, screen_id: str) -> None:
        super().__init__(site)
        self._screen: Screen = site.official.screens[screen_id]

    @override
    def title(self, state: StepState) -> Text:
        screen, official = self._screen, self._site.official
        heading: Text | str = screen.headings[0]
        if screen.about:
            told = {"heading": heading, "about": words(Bilingual(screen.about))}
            heading = Text("guide.screen.heading", told)
        mine = journey_id(known(state.session))
        own = official.journey_with(screen.id, mine)
        numbers = [each.number for each in official.steps(own.id)]
        number = screen.number
        if not number[0].isdigit():
            if own.id != mine or len(numbers) == 1 or number != numbers[0]:
                return Text("guide.screen.named", {"heading": heading})
            number = "1"  # journeys share it: here others follow
        last = max(int(each) for each in numbers if each.isdigit())
        values: dict[str, object] = {"number": number, "heading": heading, "count": last}
        return Text("guide.screen.title", values)

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        screen = self._screen
        said = [Paragraph(each, strong=True) for each in self._says(known(state.session))]
        seen = Paragraph(Text("guide.screen.seen", {"what": words(Bilingual(screen.recognise))}))
        unsure = (Paragraph(Text("guide.screen.unsure")),) if screen.confidence in UNSEEN else ()
        age = Paragraph(Text("guide.right", {"age": self._site.age}))
        stray = strays(self._site.official, known(state.session), screen.id)
        warning = (Paragraph(Text("guide.screen.stray"), strong=True),) if stray else ()
        return (*warning, *said, seen, *unsure, age)

    def _says(self, guide: GuideAnswers) -> Iterator[Text]:
        screen = self._screen
        letter = screen.says_letter if guide.reach is Reach.LETTER else None
        yield words(Bilingual(letter or screen.says))
        if screen.says_child and guide.who is Who.CHILD:
            yield words(Bilingual(screen.says_child))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        leads = self._next_step(known(state.session))
        again = _prepared_for(frozenset(self._screen.asks))
        return (
            Action("site_done" if leads == "guide_end" else "screen_done", ActionKind.GO, leads),
            Action("other_screen", ActionKind.GO, "guide_which"),
            Action("site_refuses", ActionKind.GO, "guide_refusal"),
            *(Action(f"read_{name}", ActionKind.GO, name, quiet=True) for name in again),
        )

    def _next_step(self, guide: GuideAnswers) -> str:
        official = self._site.official
        place = following(official, guide, self._screen.id)
        screen = official.screens.get(place)
        decides = is_activating(guide) or guide.goal is Goal.OPPOSE
        if screen and decides and "terms" in screen.asks:
            return NeutralStep.name
        return step_of(place)

    @override
    async def enter(self, context: StepContext, session: Session) -> Session:
        return remembered(session, screen=self._screen.id, **self._other_goal(known(session)))

    def _other_goal(self, guide: GuideAnswers) -> dict[str, Goal]:
        """Return what one wants from now on, if what the site answered leads to another journey."""
        official = self._site.official
        outcome = official.outcomes.get(guide.outcome)
        other = official.journeys.get(outcome.leads) if outcome else None
        if other is None or other.screens[0] != self._screen.id:
            return {}
        return {"goal": Goal.ACTIVATE if other.id.startswith("activate") else Goal(other.id)}


def _prepared_for(asks: frozenset[str]) -> Iterator[str]:
    """Yield the steps that prepared what a screen asks."""
    if asks & NUMBERS:
        yield "guide_ready"
    if asks >= SIGN_IN:
        return
    if asks >= {"identifier", "password"}:
        yield "guide_identifier"
    if "password" in asks:
        yield "guide_password"


class NeutralStep(SiteStep[None]):
    """Neither side is the main one by its words; the screen that comes next is the site's."""

    name: ClassVar[str] = "guide_neutral"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        sides = (Text("guide.neutral.activate"), Text("guide.neutral.oppose"))
        return (Bullets(sides), Paragraph(Text("guide.neutral.yours"), strong=True))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        guide, official = known(state.session), self._site.official
        here = guide.screen or official.journeys[journey_id(guide)].screens[0]
        opposing = guide.goal is Goal.OPPOSE
        other = official.journeys["activate-adult" if opposing else "oppose"].screens[0]
        going_on, turning = OPPOSING if opposing else ACTIVATING
        return (
            Action(going_on, ActionKind.GO, step_of(following(official, guide, here))),
            Action(turning, ActionKind.ACT, step_of(other)),
            Action("stop_here", ActionKind.GO, "guide_end"),
            Action("other_screen", ActionKind.GO, "guide_which", quiet=True),
            Action("site_refuses", ActionKind.GO, "guide_refusal", quiet=True),
        )

    @override
    async def act(self, action: str, context: StepContext, session: Session) -> Session:
        goal = Goal.OPPOSE if action in ACTIVATING else Goal.ACTIVATE
        return remembered(session, goal=goal)
