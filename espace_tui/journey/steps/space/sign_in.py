"""« Connexion »: identifier, password, and how the one-time code is to come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.errors import Unreachable
from espace_tui.journey.context import Desk
from espace_tui.journey.fields import channel_field, signing_fields
from espace_tui.journey.form import CONTINUE, Action, Deed, Field, Situation, Step
from espace_tui.journey.session import Session, SignInAnswers


class SignIn(Step[SignInAnswers]):
    """A refusal does not say which half was wrong."""

    name: ClassVar[str] = "sign_in"
    refusal: ClassVar[str] = "sign-in"

    @override
    def fields(self, at: Situation) -> tuple[Field, ...]:
        return (*signing_fields(), channel_field())

    @override
    def actions(self, at: Situation) -> tuple[Action, ...]:
        recall = (Action("recall_credentials", Deed.FILL),) if "keyring" in (at.kept or ()) else ()
        return (
            CONTINUE,
            *recall,
            Action("forgotten_identifier", Deed.GO, "forgotten_identifier", quiet=True),
            Action("forgotten_password", Deed.GO, "forgotten_password", quiet=True),
        )

    @override
    async def fill(self, action: str, desk: Desk, session: Session) -> Mapping[str, str]:
        kept = await desk.keyring.recall()
        if kept is None:
            raise Unreachable("keyring-empty")
        return {"identifier": kept[0], "password": kept[1]}

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> SignInAnswers:
        return SignInAnswers.model_validate(values)

    @override
    async def submit(self, desk: Desk, answers: SignInAnswers, session: Session) -> Session:
        request = await desk.backend.sign_in.open(
            answers.identifier.get_secret_value(),
            answers.password.get_secret_value(),
            answers.channel,
        )
        return session.with_(code_request=request)


STEP = SignIn()
