"""« Mot de passe oublié ? »: a one-time code proves who asks, then a new password is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import channel_field, nir_field, sign_in_fields
from espace_tui.journey.form import Action, ActionKind, Field, Step, StepState
from espace_tui.journey.session import ResetAnswers, Session


class ForgottenPasswordStep(Step[ResetAnswers]):
    """Nothing says whether such a person exists."""

    name: ClassVar[str] = "forgotten_password"

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return (sign_in_fields()[0], nir_field(), channel_field())

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("send_code", explicit=True), Action("return", ActionKind.BACK))

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> ResetAnswers:
        return ResetAnswers.model_validate(values)

    @override
    async def submit(
        self, context: StepContext, answers: ResetAnswers, session: Session
    ) -> Session:
        request = await context.backend.recovery.reset_password(
            answers.identifier.get_secret_value(), answers.nir.get_secret_value(), answers.channel
        )
        return session.with_(code_request=request)


STEP = ForgottenPasswordStep()
