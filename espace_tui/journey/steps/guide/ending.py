"""« C'est fait ? »: what to do before one leaves, and the calendar file on request."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from typing_extensions import override

from espace_tui.errors import InvalidValue
from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import (
    Action,
    ActionKind,
    Block,
    Bullets,
    Field,
    Paragraph,
    Step,
    StepState,
)
from espace_tui.journey.guide_answers import Goal
from espace_tui.journey.guiding import known, remembered, return_actions, saved_as, to_calendar
from espace_tui.journey.session import Session
from espace_tui.validators import birth_date

ASKED = {
    Goal.ACTIVATE: ("signed-out", "closed", "browser", "memo"),
    Goal.SIGN_IN: ("leave", "closed", "browser"),
    Goal.FORGOTTEN: ("signed-out", "closed", "browser", "memo"),
    Goal.OPPOSE: ("proof", "closed"),
    Goal.CLOSE: ("proof", "leave", "closed"),
}
"""What to do before one leaves the site, by what was done there."""
SIX_WEEKS = frozenset({Goal.ACTIVATE, Goal.OPPOSE, None})
"""What a message gives six weeks for."""


class GuideEndStep(Step[None]):
    """Nothing is forgotten before « Terminer »: one may have come here too early."""

    name: ClassVar[str] = "guide_end"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        asked = ASKED.get(known(state.session).goal or Goal.ACTIVATE, ASKED[Goal.ACTIVATE])
        said = Bullets(tuple(Text(f"guide.end.{what}") for what in asked))
        return (said, *saved_as(state.session))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        dated = known(state.session).goal in SIX_WEEKS
        return (
            Action("finish", ActionKind.GO, "guide_over"),
            *return_actions(state.session),
            *(to_calendar(state.session) if dated else ()),
        )

    @override
    async def enter(self, context: StepContext, session: Session) -> Session:
        return remembered(session, may_save=context.guide is not None and context.guide.may_save)


class CalendarStep(Step[date]):
    """The six weeks of a letter, under a neutral title; only where the person asks."""

    name: ClassVar[str] = "guide_calendar"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (Paragraph(Text("guide.calendar")),)

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return (Field("received", _parse, normalize=birth_date.normalize, review=False),)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("save_calendar"),)

    @override
    async def submit(self, context: StepContext, answers: date, session: Session) -> Session:
        if context.guide is None:
            return session
        return remembered(session, saved_as=await context.guide.save_calendar(answers))


def _parse(text: str) -> date:
    """Return the day a letter was received, written in any of the ways of a birth date."""
    try:
        return birth_date.parse(text)
    except InvalidValue as error:
        future = error.code == "birth_date.future"
        raise InvalidValue("received.future" if future else "received.format") from None


END = GuideEndStep()
CALENDAR = CalendarStep()
