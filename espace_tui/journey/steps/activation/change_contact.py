"""A new e-mail address, proved by a one-time code sent to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import email_field, mobile_field
from espace_tui.journey.form import Action, ActionKind, Field, Step, StepState
from espace_tui.journey.session import ContactAnswers, Session
from espace_tui.model.values import Channel


class ChangeMobileStep(Step[ContactAnswers]):
    """The old one stays until the new one is proved."""

    name: ClassVar[str] = "change_mobile"

    @override
    def part_of(self, state: StepState) -> str:
        return "contacts"

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return (mobile_field(),)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("send_code", explicit=True), Action("return", ActionKind.BACK))

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> ContactAnswers:
        return ContactAnswers(channel=Channel.SMS, value=values["mobile"])

    @override
    async def submit(
        self, context: StepContext, answers: ContactAnswers, session: Session
    ) -> Session:
        value = answers.value.get_secret_value()
        request = await context.backend.activation.change_contact(
            session.require_flow(), answers.channel, value
        )
        return session.with_(code_request=request, new_contact=None if context.masks else answers)


CHANGE_MOBILE = ChangeMobileStep()


class ChangeEmailStep(Step[ContactAnswers]):
    """The old one stays until the new one is proved."""

    name: ClassVar[str] = "change_email"

    @override
    def part_of(self, state: StepState) -> str:
        return "contacts"

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return (email_field(state),)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("send_code", explicit=True), Action("return", ActionKind.BACK))

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> ContactAnswers:
        return ContactAnswers(channel=Channel.EMAIL, value=values["email"])

    @override
    async def submit(
        self, context: StepContext, answers: ContactAnswers, session: Session
    ) -> Session:
        value = answers.value.get_secret_value()
        request = await context.backend.activation.change_contact(
            session.require_flow(), answers.channel, value
        )
        return session.with_(code_request=request, new_contact=None if context.masks else answers)


CHANGE_EMAIL = ChangeEmailStep()
