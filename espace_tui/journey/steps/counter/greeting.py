"""How a visit begins: what suits the person, who types, what they agreed on, what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext, VisitNotes
from espace_tui.journey.fields import choice_parser, confirmation_parser
from espace_tui.journey.form import (
    Action,
    Block,
    Bullets,
    Field,
    FieldKind,
    Paragraph,
    Step,
    StepState,
    is_checked,
)
from espace_tui.journey.guide_answers import Goal, Who
from espace_tui.journey.guiding import answered
from espace_tui.journey.session import Session


class Posture(StrEnum):
    """Who types."""

    BESIDE = "beside"
    FOR_THEM = "for-them"
    ABSENT = "absent"


class VisitPurpose(StrEnum):
    """What a visit is about; never what is decided."""

    OFFICIAL = "official"
    OPPOSE = "oppose"
    FIND = "find"
    CHILD = "child"
    MESSAGE = "message"
    HERE = "here"


class ComfortStep(Step[bool]):
    """Said to the person: language, colours, face and time; all of it ends with the visit."""

    name: ClassVar[str] = "counter_comfort"

    def __init__(self, notes: VisitNotes) -> None:
        self._notes = notes

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (
            Bullets(tuple(Text(f"counter.comfort.{what}") for what in ("keys", "line", "idle"))),
        )

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return (Field("longer", is_checked, FieldKind.CHECKBOX, review=False),)

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> bool:
        return bool(values["longer"])

    @override
    async def submit(self, context: StepContext, answers: bool, session: Session) -> Session:
        self._notes.note("reached", "greeting")
        self._notes.set_longer(longer=answers)
        return session


class PostureStep(Step[Posture]):
    """Nothing is preselected: it is the person's space."""

    name: ClassVar[str] = "counter_posture"

    def __init__(self, notes: VisitNotes) -> None:
        self._notes = notes

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        parse = choice_parser(Posture, "posture.missing")
        return (Field("posture", parse, FieldKind.CHOICE, choices=tuple(Posture), review=False),)

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> Posture:
        return Posture(values["posture"])

    @override
    async def submit(self, context: StepContext, answers: Posture, session: Session) -> Session:
        self._notes.note("posture", answers)
        return session


class AbsentStep(Step[None]):
    """Without the person there is nothing to do here."""

    name: ClassVar[str] = "counter_absent"

    def __init__(self, notes: VisitNotes) -> None:
        self._notes = notes

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (
            Paragraph(Text("counter.absent"), strong=True),
            Paragraph(Text("counter.appointment")),
        )

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("goodbye"),)

    @override
    async def submit(self, context: StepContext, answers: None, session: Session) -> Session:
        self._notes.note("end", "absent")
        return session


class AgreementStep(Step[bool]):
    """What was talked about before somebody types for another; nothing of it is stored."""

    name: ClassVar[str] = "counter_agreement"

    def __init__(self, notes: VisitNotes) -> None:
        self._notes = notes

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        said = ("signed", "informed", "guardianship")
        return (Bullets(tuple(Text(f"counter.agreement.{what}") for what in said)),)

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        parse = confirmation_parser("agreed.missing")
        return (Field("agreed", parse, FieldKind.CHECKBOX, review=False),)


class PurposeStep(Step[VisitPurpose]):
    """What is done today; the guide asks the rest."""

    name: ClassVar[str] = "counter_purpose"

    def __init__(self, notes: VisitNotes) -> None:
        self._notes = notes

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        offered = tuple(
            each
            for each in VisitPurpose
            if each is not VisitPurpose.HERE or self._notes.can_activate
        )
        parse = choice_parser(VisitPurpose, "purpose.missing")
        return (Field("purpose", parse, FieldKind.CHOICE, choices=offered, review=False),)

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> VisitPurpose:
        return VisitPurpose(values["purpose"])

    @override
    async def submit(
        self, context: StepContext, answers: VisitPurpose, session: Session
    ) -> Session:
        notes = self._notes
        notes.note("purpose", answers)
        reached = {VisitPurpose.MESSAGE: "message", VisitPurpose.HERE: "activation"}
        notes.note("reached", reached.get(answers, "preparing"))
        if answers is VisitPurpose.OFFICIAL:
            return answered(session, "guide_goal", goal=Goal.ACTIVATE)
        if answers is VisitPurpose.CHILD:
            known = answered(session, "guide_goal", goal=Goal.ACTIVATE)
            return answered(known, "guide_for", who=Who.CHILD)
        return session
