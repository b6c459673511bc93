"""The question that decides: can the code be read now? If not, the insurance office comes first."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import choice_field
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
from espace_tui.journey.guide_answers import Goal, Reach
from espace_tui.journey.guiding import answered, remembered, saved_as, to_calendar
from espace_tui.journey.session import Session
from espace_tui.journey.steps.kinds import GuidedStep


class ReachStep(GuidedStep[Reach]):
    """Asked before anything that takes time."""

    name: ClassVar[str] = "guide_reach"
    goals: ClassVar[frozenset[Goal]] = frozenset({Goal.ACTIVATE, Goal.OPPOSE})

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return (choice_field("reach", Reach),)

    @override
    async def submit(self, context: StepContext, answers: Reach, session: Session) -> Session:
        return answered(session, self.name, reach=answers)


class CaisseStep(Step[None]):
    """Nothing else can be done today; the answer can be changed."""

    name: ClassVar[str] = "guide_caisse"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        ways = tuple(Text(f"guide.caisse.{way}") for way in ("account", "office", "phone"))
        return (
            Paragraph(Text("guide.caisse"), strong=True),
            Bullets(ways),
            Paragraph(Text("guide.caisse.back")),
            *saved_as(state.session),
        )

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (
            Action("finish", ActionKind.GO, "guide_over"),
            Action("reach_again", ActionKind.GO, "guide_reach"),
            Action("check_message", ActionKind.GO, "check_message", quiet=True),
            *to_calendar(state.session),
        )

    @override
    async def enter(self, context: StepContext, session: Session) -> Session:
        return remembered(session, may_save=context.guide is not None and context.guide.may_save)


REACH = ReachStep()
CAISSE = CaisseStep()
