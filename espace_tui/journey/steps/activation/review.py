"""Étape « Je vérifie et je valide »: all answers, and the only moment that takes effect."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.errors import Refused
from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import Action, AllAnswers, Block, Paragraph, Step, StepState
from espace_tui.journey.session import Session
from espace_tui.model.values import Stage


class ReviewStep(Step[None]):
    """« Modifier » leads to a step and comes back here."""

    name: ClassVar[str] = "review"

    @override
    def done(self, session: Session) -> bool:
        return session.past(Stage.CREDENTIALS)

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (AllAnswers(), Paragraph(Text("review.effect"), strong=True))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("validate", explicit=True),)

    @override
    async def submit(self, context: StepContext, answers: None, session: Session) -> Session:
        wanted = session.credentials
        if wanted is None:
            raise Refused("step-not-pending")
        flow = await context.backend.activation.complete(
            session.require_flow(),
            wanted.identifier.get_secret_value(),
            wanted.password.get_secret_value(),
        )
        return session.with_(flow=flow, done_at=flow.decided_at, receipt=None)


STEP = ReviewStep()
