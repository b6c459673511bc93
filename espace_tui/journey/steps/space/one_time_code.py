"""The one-time code: of a sign-in, of a changed contact, of a forgotten password."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.i18n import Text, TimeOfDay
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import one_time_code_field
from espace_tui.journey.form import (
    CONTINUE,
    Action,
    ActionKind,
    Block,
    Facts,
    Field,
    Paragraph,
    Step,
    StepState,
)
from espace_tui.journey.session import OneTimeCodeAnswers, Session
from espace_tui.journey.steps.received import take_actions, with_inbox
from espace_tui.model.values import Channel, Purpose


class OneTimeCodeStep(Step[OneTimeCodeAnswers]):
    """One step for the three purposes: what is proved is written in the request."""

    name: ClassVar[str] = "one_time_code"
    refusal: ClassVar[str] = "one-time-code"

    @override
    def part_of(self, state: StepState) -> str:
        return "contacts" if state.session.require_code().purpose is Purpose.CONTACT else ""

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        request = state.session.require_code()
        rows = (
            (Text(f"fact.sent.{request.channel}"), _destination(state.session)),
            (Text("fact.valid_until"), Text("fact.time", {"time": TimeOfDay(request.expires_at)})),
        )
        look = Paragraph(Text(f"one_time_code.look.{request.channel}"))
        if request.purpose is Purpose.SIGN_IN and not request.destination:
            return (Paragraph(Text("one_time_code.disguised")), Facts(rows[1:]), look)
        if request.purpose is Purpose.RESET:
            unsaid = (Paragraph(Text("one_time_code.unsaid")), Facts(rows[1:]))
            sent = (Facts(rows),) if request.destination else unsaid
            return (*sent, look, Paragraph(Text("one_time_code.long")))
        return (Facts(rows), look)

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return (one_time_code_field(state),)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        request = state.session.require_code()
        other = (
            Action(
                "by_sms" if request.channel is Channel.EMAIL else "by_email",
                ActionKind.ACT,
                self.name,
            ),
        )
        return (
            CONTINUE,
            Action("resend", ActionKind.ACT, self.name),
            *(other if request.other_channel else ()),
            Action("messages", ActionKind.GO, "messages", quiet=True),
        )

    @override
    def received(self, state: StepState) -> tuple[Action, ...]:
        return take_actions(self.fields(state), state.session)

    @override
    async def enter(self, context: StepContext, session: Session) -> Session:
        return await with_inbox(context, session)

    @override
    async def act(self, action: str, context: StepContext, session: Session) -> Session:
        request = session.require_code()
        channel = {"by_sms": Channel.SMS, "by_email": Channel.EMAIL}.get(action, request.channel)
        sent = await context.backend.sign_in.send_code(request, channel)
        return session.with_(code_request=sent, notice="code_resent")

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> OneTimeCodeAnswers:
        return OneTimeCodeAnswers(code=values["one_time_code"])

    @override
    async def submit(
        self, context: StepContext, answers: OneTimeCodeAnswers, session: Session
    ) -> Session:
        request, code = session.require_code(), answers.code.get_secret_value()
        backend = context.backend
        if request.purpose is Purpose.SIGN_IN:
            return session.with_(space=await backend.sign_in.verify(request, code))
        if request.purpose is Purpose.RESET:
            return session.with_(reset=await backend.recovery.prove_reset(request, code))
        flow = await backend.activation.prove_contact(session.require_flow(), request, code)
        return session.with_(flow=flow, notice="contact_changed")


def _destination(session: Session) -> str:
    """Return where the code went: in full where it was typed a moment ago."""
    request, typed = session.require_code(), session.new_contact
    if request.purpose is Purpose.CONTACT and typed and typed.channel is request.channel:
        return typed.value.get_secret_value()
    return request.destination


STEP = OneTimeCodeStep()
