"""Asking for a new provisional code (« J'ai besoin d'un code ? »), by what the papers say.

The answer is the same whoever asks. With the `app-2025` rules this is the first numbered step.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import birth_date_field, card_fields, channel_field, nir_field
from espace_tui.journey.form import Action, Field, Step, StepState
from espace_tui.journey.session import IdentityAnswers, Session


class IdentityStep(Step[IdentityAnswers]):
    """Birth date, NIR, card, and how the code is to come."""

    name: ClassVar[str] = "identity"

    @override
    def done(self, session: Session) -> bool:
        return session.identity is not None or session.flow is not None

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return (birth_date_field(), nir_field(), *card_fields(state), channel_field())

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("send_code", explicit=True),)

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> IdentityAnswers:
        return IdentityAnswers.model_validate(values)

    @override
    async def submit(
        self, context: StepContext, answers: IdentityAnswers, session: Session
    ) -> Session:
        await context.backend.recovery.request_code(
            answers.birth_date,
            answers.nir.get_secret_value(),
            answers.kind,
            answers.serial.get_secret_value(),
            answers.channel,
        )
        return session.with_(identity=answers, flow=None, card=None, notice="code_sent")


STEP = IdentityStep()
