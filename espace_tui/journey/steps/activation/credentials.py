"""Étape « Je choisis mon identifiant et mon mot de passe ». Nothing is sent before the review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.errors import Refused
from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import identifier_field, new_password_fields
from espace_tui.journey.form import CONTINUE, Action, ActionKind, Field, Step, StepState
from espace_tui.journey.session import CredentialsAnswers, Session
from espace_tui.validators import Advice, password


class CredentialsStep(Step[CredentialsAnswers]):
    """The rules are listed before typing and ticked as they are met."""

    name: ClassVar[str] = "credentials"

    @override
    def done(self, session: Session) -> bool:
        return session.credentials is not None

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return (identifier_field(state), *new_password_fields(state))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (CONTINUE, Action("propose_password", ActionKind.FILL, field="password"))

    @override
    async def fill(self, action: str, context: StepContext, session: Session) -> Mapping[str, str]:
        policy = await context.backend.policy()
        return {"password": password.propose(policy.password)}

    @override
    async def probe(
        self, context: StepContext, session: Session, name: str, text: str
    ) -> tuple[Advice, ...]:
        found = await context.backend.activation.availability(session.require_flow(), text)
        if found.free:
            return (Advice(Text("advice.identifier.free"), good=True),)
        taken = Text("advice.identifier.taken")
        return tuple(Advice(taken, other) for other in found.suggestions) or (Advice(taken),)

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> CredentialsAnswers:
        return CredentialsAnswers(identifier=values["identifier"], password=values["password"])

    @override
    async def submit(
        self, context: StepContext, answers: CredentialsAnswers, session: Session
    ) -> Session:
        wanted = answers.identifier.get_secret_value()
        found = await context.backend.activation.availability(session.require_flow(), wanted)
        if not found.free:
            raise Refused("identifier.taken", field="identifier")
        return session.with_(credentials=answers)


STEP = CredentialsStep()
