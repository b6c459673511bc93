"""A new password, after the proof; every open session of the person ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.errors import Refused
from espace_tui.journey.context import Desk
from espace_tui.journey.fields import new_password_fields
from espace_tui.journey.form import CONTINUE, Action, Deed, Field, Situation, Step
from espace_tui.journey.session import PasswordAnswers, Session
from espace_tui.validators import password


class NewPassword(Step[PasswordAnswers]):
    """The same rules as the first time."""

    name: ClassVar[str] = "new_password"

    @override
    def fields(self, at: Situation) -> tuple[Field, ...]:
        return new_password_fields(at)

    @override
    def actions(self, at: Situation) -> tuple[Action, ...]:
        return (CONTINUE, Action("propose_password", Deed.FILL))

    @override
    async def fill(self, action: str, desk: Desk, session: Session) -> Mapping[str, str]:
        policy = await desk.backend.policy()
        return {"password": password.propose(policy.password)}

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> PasswordAnswers:
        return PasswordAnswers(password=values["password"])

    @override
    async def submit(self, desk: Desk, answers: PasswordAnswers, session: Session) -> Session:
        if session.reset is None:
            raise Refused("session-expired")
        await desk.backend.recovery.set_password(session.reset, answers.password.get_secret_value())
        return session.with_(reset=None, code_request=None, notice="password_changed")


STEP = NewPassword()
