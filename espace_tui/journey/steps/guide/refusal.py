"""« Le site refuse »: what the site answered, what it means, and where that leads."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.guide.official.model import SiteOutcome
from espace_tui.i18n import Bilingual, Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import custom_choice_field
from espace_tui.journey.form import Action, ActionKind, Block, Field, Paragraph, StepState
from espace_tui.journey.guiding import (
    journey_id,
    known,
    leading,
    remembered,
    screen_step,
    step_of,
    words,
)
from espace_tui.journey.session import Session
from espace_tui.journey.steps.kinds import SiteStep

OTHER = "other"
ANYWHERE = ("session-expired", "site-down")
"""What the site may answer on any screen."""
PREPARED = {"identifier-taken": "guide_identifier", "password-refused": "guide_password"}
"""Where another proposal is, for what the site did not take."""


class RefusalStep(SiteStep[str]):
    """The answers of this screen first, then those of the others that one may see."""

    name: ClassVar[str] = "guide_refusal"

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        official, guide = self._site.official, known(state.session)
        own = official.journeys[journey_id(guide)].screens
        seen = (guide.screen, *own) if guide.screen in official.screens else own
        answers = {each.id: each for screen in seen for each in official.answers(screen)}
        answers |= {name: official.outcomes[name] for name in ANYWHERE if name in official.outcomes}
        texts = {name: words(Bilingual(each.answer)) for name, each in answers.items()}
        return (custom_choice_field("outcome", texts, OTHER),)

    @override
    async def submit(self, context: StepContext, answers: str, session: Session) -> Session:
        return remembered(session, outcome=answers)


class MeaningStep(SiteStep[None]):
    """What to do about it; one goes there oneself, or back to the screen."""

    name: ClassVar[str] = "guide_meaning"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        outcome = self._outcome(state)
        if outcome is None:
            return (Paragraph(Text("guide.unknown")),)
        answer = Text("guide.meaning", {"answer": words(Bilingual(outcome.answer))})
        return (Paragraph(answer), Paragraph(words(Bilingual(outcome.says)), strong=True))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        outcome = self._outcome(state)
        official, guide = self._site.official, known(state.session)
        here = screen_step(state.session, official)
        leads = step_of(leading(official, guide, outcome.leads)) if outcome else here
        prepared = PREPARED.get(outcome.id) if outcome else None
        asks = any("nir" in each.asks for each in official.steps(journey_id(guide)))
        return (
            *((Action(f"read_{prepared}", ActionKind.GO, prepared),) if prepared else ()),
            *((Action("follow_advice", ActionKind.GO, leads),) if leads != here else ()),
            Action("back_to_screen", ActionKind.GO, here),
            *(
                (Action("read_guide_ready", ActionKind.GO, "guide_ready", quiet=True),)
                if asks
                else ()
            ),
        )

    def _outcome(self, state: StepState) -> SiteOutcome | None:
        return self._site.official.outcomes.get(known(state.session).outcome)
