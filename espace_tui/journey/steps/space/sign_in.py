"""« Connexion »: identifier, password, and how the one-time code is to come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.errors import Unreachable
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import channel_field, sign_in_fields
from espace_tui.journey.form import CONTINUE, Action, ActionKind, Field, Step, StepState
from espace_tui.journey.session import Session, SignInAnswers
from espace_tui.journey.steps.kept_here import look_for_keyring, may_use_keyring


class SignInStep(Step[SignInAnswers]):
    """A refusal does not say which half was wrong."""

    name: ClassVar[str] = "sign_in"
    refusal: ClassVar[str] = "sign-in"

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return (*sign_in_fields(), channel_field())

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        recall = Action("recall_credentials", ActionKind.FILL, field="identifier")
        return (
            CONTINUE,
            *((recall,) if may_use_keyring(state) else ()),
            Action("forgotten_identifier", ActionKind.GO, "forgotten_identifier", quiet=True),
            Action("forgotten_password", ActionKind.GO, "forgotten_password", quiet=True),
        )

    @override
    async def enter(self, context: StepContext, session: Session) -> Session:
        return await look_for_keyring(context, session)

    @override
    async def fill(self, action: str, context: StepContext, session: Session) -> Mapping[str, str]:
        kept = await context.keyring.load()
        if kept is None:
            raise Unreachable("keyring-empty")
        return {"identifier": kept[0], "password": kept[1]}

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> SignInAnswers:
        return SignInAnswers.model_validate(values)

    @override
    async def submit(
        self, context: StepContext, answers: SignInAnswers, session: Session
    ) -> Session:
        request = await context.backend.sign_in.open(
            answers.identifier.get_secret_value(),
            answers.password.get_secret_value(),
            answers.channel,
        )
        return session.with_(code_request=request)


STEP = SignInStep()
