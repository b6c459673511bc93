"""« Avant de se quitter »: what to take along, and how it ended; never what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import choice_field, optional
from espace_tui.journey.form import (
    Action,
    ActionKind,
    Block,
    Field,
    FieldKind,
    Paragraph,
    StepState,
    is_checked,
)
from espace_tui.journey.session import Session
from espace_tui.journey.steps.kinds import VisitStep

SKIP = "skip"
CHECKED = ("browser", "belongings", "printer", "next")


class VisitEnd(StrEnum):
    """How a visit ended, for the counts of the month."""

    FINISHED = "finished"
    LATER = "later"
    CONTACTS = "contacts"
    UNREADABLE = "unreadable"
    FRAUD = "fraud"
    ELSEWHERE = "elsewhere"
    OTHER = "other"


class Autonomy(StrEnum):
    """How much help it took, in the three words of a report of digital help."""

    GUIDED = "guided"
    HELPED = "helped"
    ALONE = "alone"


class PartingAnswers(NamedTuple):
    """How a visit ended, and how much help it took, if that was said."""

    end: VisitEnd
    autonomy: Autonomy | None


class PartingStep(VisitStep[PartingAnswers]):
    """Boxes to tick together, none compulsory, one question, and one that may be left."""

    name: ClassVar[str] = "counter_parting"

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        boxes = (
            Field(f"checked_{what}", is_checked, FieldKind.CHECKBOX, review=False, reminder=True)
            for what in CHECKED
        )
        return (
            *boxes,
            choice_field("visit_end", VisitEnd, review=False),
            _autonomy_field(),
        )

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("goodbye"), Action("return", ActionKind.BACK))

    @override
    async def enter(self, context: StepContext, session: Session) -> Session:
        self._notes.hand_over(given=False)
        return session

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> PartingAnswers:
        return PartingAnswers(values["visit_end"], values["autonomy"])

    @override
    async def submit(
        self, context: StepContext, answers: PartingAnswers, session: Session
    ) -> Session:
        self._notes.note("end", answers.end)
        if answers.autonomy:
            self._notes.note("autonomy", answers.autonomy)
        return session


def _autonomy_field() -> Field:
    """Return the question that may be left: a choice says so, for who hears them one by one."""
    asked = choice_field("autonomy", Autonomy, review=False)
    skip = {SKIP: Text("guide.skip")}
    return optional(asked._replace(choices=(*Autonomy, SKIP), choice_texts=skip), SKIP)


class OverStep(VisitStep[None]):
    """The end of the process: the face leaves as soon as one arrives here."""

    name: ClassVar[str] = "counter_over"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (Paragraph(Text("counter.goodbye")),)
