"""What opposing means, reviewed and confirmed before it takes effect (RGAA 11.12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import confirmation_parser
from espace_tui.journey.form import (
    Action,
    ActionKind,
    Block,
    Bullets,
    Field,
    FieldKind,
    Step,
    StepState,
)
from espace_tui.journey.session import ConfirmationAnswers, Session
from espace_tui.model.values import Choice


class OppositionStep(Step[ConfirmationAnswers]):
    """The only place where opposing takes effect."""

    name: ClassVar[str] = "opposition"

    @override
    def part_of(self, state: StepState) -> str:
        return "decision"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        what = ("none", "professionals", "later", "care")
        return (Bullets(tuple(Text(f"opposition.{each}") for each in what)),)

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return (Field("opposing", confirmation_parser("opposing.missing"), FieldKind.CHECKBOX),)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("oppose", explicit=True), Action("return", ActionKind.BACK))

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> ConfirmationAnswers:
        return ConfirmationAnswers(confirmed=values["opposing"])

    @override
    async def submit(
        self, context: StepContext, answers: ConfirmationAnswers, session: Session
    ) -> Session:
        flow = await context.backend.activation.decide(session.require_flow(), Choice.OPPOSE)
        return session.with_(flow=flow, receipt=None)


STEP = OppositionStep()
