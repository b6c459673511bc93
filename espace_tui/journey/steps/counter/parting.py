"""« Avant de se quitter »: what to take along, and how it ended; never what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import choice_field
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


class PartingStep(VisitStep[VisitEnd]):
    """Boxes to tick together, none compulsory, and one question."""

    name: ClassVar[str] = "counter_parting"

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        boxes = (
            Field(f"checked_{what}", is_checked, FieldKind.CHECKBOX, review=False)
            for what in CHECKED
        )
        return (*boxes, choice_field("visit_end", VisitEnd, review=False))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("goodbye"), Action("return", ActionKind.BACK))

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> VisitEnd:
        return VisitEnd(values["visit_end"])

    @override
    async def submit(self, context: StepContext, answers: VisitEnd, session: Session) -> Session:
        self._notes.note("reached", "parting")
        self._notes.note("end", answers)
        return session


class OverStep(VisitStep[None]):
    """The end of the process: the face leaves as soon as one arrives here."""

    name: ClassVar[str] = "counter_over"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (Paragraph(Text("counter.goodbye")),)
