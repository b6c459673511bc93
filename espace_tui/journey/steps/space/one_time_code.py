"""The one-time code: of a sign-in, of a changed contact, of a forgotten password."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.i18n import Text, TimeOfDay
from espace_tui.journey.context import Desk
from espace_tui.journey.fields import one_time_code_field
from espace_tui.journey.form import (
    CONTINUE,
    Action,
    Block,
    Deed,
    Facts,
    Field,
    Paragraph,
    Situation,
    Step,
)
from espace_tui.journey.session import OneTimeCodeAnswers, Session
from espace_tui.model.values import Channel, Purpose


class OneTimeCode(Step[OneTimeCodeAnswers]):
    """One step for the three purposes: what is proved is written in the request."""

    name: ClassVar[str] = "one_time_code"
    refusal: ClassVar[str] = "one-time-code"

    @override
    def blocks(self, at: Situation) -> tuple[Block, ...]:
        request = at.session.awaited
        rows = (
            (Text(f"fact.sent.{request.channel}"), request.destination),
            (Text("fact.valid_until"), Text("fact.time", {"time": TimeOfDay(request.expires_at)})),
        )
        return (Facts(rows), Paragraph(Text(f"one_time_code.look.{request.channel}")))

    @override
    def fields(self, at: Situation) -> tuple[Field, ...]:
        return (one_time_code_field(at),)

    @override
    def actions(self, at: Situation) -> tuple[Action, ...]:
        other = (Action("other_channel", Deed.ACT, self.name),)
        return (
            CONTINUE,
            Action("resend", Deed.ACT, self.name),
            *(other if at.session.awaited.other_channel else ()),
            Action("messages", Deed.GO, "messages", quiet=True),
        )

    @override
    async def act(self, action: str, desk: Desk, session: Session) -> Session:
        request = session.awaited
        channel = request.channel
        if action == "other_channel":
            channel = Channel.SMS if channel is Channel.EMAIL else Channel.EMAIL
        sent = await desk.backend.sign_in.send_code(request, channel)
        return session.with_(code_request=sent, notice="code_resent")

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> OneTimeCodeAnswers:
        return OneTimeCodeAnswers(code=values["one_time_code"])

    @override
    async def submit(self, desk: Desk, answers: OneTimeCodeAnswers, session: Session) -> Session:
        request, code = session.awaited, answers.code.get_secret_value()
        backend = desk.backend
        if request.purpose is Purpose.SIGN_IN:
            return session.with_(space=await backend.sign_in.verify(request, code))
        if request.purpose is Purpose.RESET:
            return session.with_(reset=await backend.recovery.prove_reset(request, code))
        flow = await backend.activation.prove_contact(session.held, request, code)
        return session.with_(flow=flow, notice="contact_changed")


STEP = OneTimeCode()
