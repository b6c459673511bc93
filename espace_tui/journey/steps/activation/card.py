"""Étape « Ma carte Vitale »: with or without a photo, and the serial number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import card_fields
from espace_tui.journey.form import Action, Field, Step, StepState
from espace_tui.journey.session import CardAnswers, Session
from espace_tui.journey.steps.received import take_card, with_inbox
from espace_tui.model.values import Stage


class CardStep(Step[CardAnswers]):
    """The card in hand proves who is asking."""

    name: ClassVar[str] = "card"
    refusal: ClassVar[str] = "card"

    @override
    def done(self, session: Session) -> bool:
        return session.past(Stage.CARD)

    @override
    def applies(self, session: Session) -> bool:
        return session.identity is None

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return card_fields(state)

    @override
    def received(self, state: StepState) -> tuple[Action, ...]:
        return take_card(state)

    @override
    async def enter(self, context: StepContext, session: Session) -> Session:
        return await with_inbox(context, session)

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> CardAnswers:
        return CardAnswers.model_validate(values)

    @override
    async def submit(self, context: StepContext, answers: CardAnswers, session: Session) -> Session:
        flow = await context.backend.activation.verify_card(
            session.require_flow(), answers.kind, answers.serial.get_secret_value()
        )
        return session.with_(card=answers, flow=flow)


STEP = CardStep()
