"""Étape « Ma carte Vitale »: with or without a photo, and the serial number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.journey.context import Desk
from espace_tui.journey.fields import card_fields
from espace_tui.journey.form import Field, Situation, Step
from espace_tui.journey.session import CardAnswers, Session
from espace_tui.model.values import Stage


class Card(Step[CardAnswers]):
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
    def fields(self, at: Situation) -> tuple[Field, ...]:
        return card_fields(at)

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> CardAnswers:
        return CardAnswers.model_validate(values)

    @override
    async def submit(self, desk: Desk, answers: CardAnswers, session: Session) -> Session:
        flow = await desk.backend.activation.verify_card(
            session.held, answers.kind, answers.serial.get_secret_value()
        )
        return session.with_(card=answers, flow=flow)


STEP = Card()
