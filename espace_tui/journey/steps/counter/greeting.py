"""How a visit begins: what suits the person, who types, what they agreed on, what it is about."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import choice_field, confirmation_parser
from espace_tui.journey.form import (
    Action,
    ActionKind,
    Block,
    Bullets,
    Field,
    FieldKind,
    Paragraph,
    StepState,
)
from espace_tui.journey.guide_answers import Goal, Who
from espace_tui.journey.guiding import answered
from espace_tui.journey.session import Session
from espace_tui.journey.steps.kinds import VisitStep


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


class ComfortStep(VisitStep[None]):
    """Read to the person: language, colours, face and time; all of it ends with the visit."""

    name: ClassVar[str] = "counter_comfort"
    own_exit: ClassVar[bool] = True

    @override
    async def enter(self, context: StepContext, session: Session) -> Session:
        self._notes.note("reached", "greeting")
        return session

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        hides, erases = self._notes.hides_after, self._notes.erases_after
        values = {"hide": _duration(hides), "wipe": _duration(erases)}
        idle = Text("counter.comfort.idle" if hides else "counter.comfort.never", values)
        return (Paragraph(idle), Paragraph(Text("counter.comfort.ends")))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        longer = "usual_time" if self._notes.is_longer else "longer_time"
        return (
            Action("continue"),
            Action("other_language", ActionKind.FACE, face="language"),
            Action("other_colours", ActionKind.FACE, face="theme"),
            Action("line_by_line", ActionKind.FACE, face="linear"),
            Action(longer, ActionKind.ACT, self.name),
        )

    @override
    async def act(self, action: str, context: StepContext, session: Session) -> Session:
        self._notes.set_longer(longer=action == "longer_time")
        return session


def _duration(seconds: int) -> Text:
    """Return a duration in words: in minutes, unless it has seconds over."""
    minutes, rest = divmod(seconds, 60)
    return (
        Text("counter.seconds", count=seconds) if rest else Text("counter.minutes", count=minutes)
    )


class PostureStep(VisitStep[Posture]):
    """Nothing is preselected: it is the person's space."""

    name: ClassVar[str] = "counter_posture"

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return (choice_field("posture", Posture, review=False),)

    @override
    async def submit(self, context: StepContext, answers: Posture, session: Session) -> Session:
        self._notes.note("posture", answers)
        return session


class AbsentStep(VisitStep[None]):
    """Without the person there is nothing to do here."""

    name: ClassVar[str] = "counter_absent"

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


class AgreementStep(VisitStep[bool]):
    """What was talked about before somebody types for another; nothing of it is stored."""

    name: ClassVar[str] = "counter_agreement"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        said = ("signed", "informed", "guardianship")
        return (Bullets(tuple(Text(f"counter.agreement.{what}") for what in said)),)

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        parse = confirmation_parser("agreed.missing")
        return (Field("agreed", parse, FieldKind.CHECKBOX, review=False),)


class PurposeStep(VisitStep[VisitPurpose]):
    """What is done today; the guide asks the rest."""

    name: ClassVar[str] = "counter_purpose"

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        offered = tuple(each for each in VisitPurpose if each in self._notes.purposes)
        return (choice_field("purpose", VisitPurpose, review=False)._replace(choices=offered),)

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
