"""« Identifiant oublié ? »: sent to the person's own contact; always the same answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import birth_date_field, channel_field, nir_field
from espace_tui.journey.form import Action, ActionKind, Field, Step, StepState
from espace_tui.journey.session import IdentifierAnswers, Session


class ForgottenIdentifierStep(Step[IdentifierAnswers]):
    """Nothing says whether such a person exists."""

    name: ClassVar[str] = "forgotten_identifier"

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return (birth_date_field(), nir_field(), channel_field("identifier_channel"))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("send_identifier", explicit=True), Action("return", ActionKind.BACK))

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> IdentifierAnswers:
        return IdentifierAnswers.model_validate(values)

    @override
    async def submit(
        self, context: StepContext, answers: IdentifierAnswers, session: Session
    ) -> Session:
        await context.backend.recovery.send_identifier(
            answers.birth_date, answers.nir.get_secret_value(), answers.channel
        )
        return session.with_(notice="identifier_sent")


STEP = ForgottenIdentifierStep()
