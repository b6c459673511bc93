"""A new password, after the proof; every open session of the person ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.errors import Refused
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import new_password_fields
from espace_tui.journey.form import CONTINUE, Action, ActionKind, Field, Step, StepState
from espace_tui.journey.session import PasswordAnswers, Session
from espace_tui.validators import password


class NewPasswordStep(Step[PasswordAnswers]):
    """The same rules as the first time."""

    name: ClassVar[str] = "new_password"

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return new_password_fields(state)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (CONTINUE, Action("propose_password", ActionKind.FILL, field="password"))

    @override
    async def fill(self, action: str, context: StepContext, session: Session) -> Mapping[str, str]:
        policy = await context.backend.policy()
        return {"password": password.propose(policy.password)}

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> PasswordAnswers:
        return PasswordAnswers(password=values["password"])

    @override
    async def submit(
        self, context: StepContext, answers: PasswordAnswers, session: Session
    ) -> Session:
        if session.reset is None:
            raise Refused("session-expired")
        await context.backend.recovery.set_password(
            session.reset, answers.password.get_secret_value()
        )
        return session.with_(reset=None, code_request=None, notice="password_changed")


STEP = NewPasswordStep()
