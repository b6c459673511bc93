"""Closing the space, reviewed and confirmed before it takes effect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import confirmation_parser
from espace_tui.journey.form import (
    Action,
    ActionKind,
    Block,
    Bullets,
    Field,
    FieldKind,
    Step,
    StepState,
)
from espace_tui.journey.session import ConfirmationAnswers, Session


class ReopeningStep(Step[ConfirmationAnswers]):
    """One may change one's mind."""

    name: ClassVar[str] = "reopening"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (Bullets(tuple(Text(f"reopening.{each}") for each in ("restored", "mind"))),)

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return (Field("reopening", confirmation_parser("reopening.missing"), FieldKind.CHECKBOX),)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("reopen_space", explicit=True), Action("return", ActionKind.BACK))

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> ConfirmationAnswers:
        return ConfirmationAnswers(confirmed=values["reopening"])

    @override
    async def submit(
        self, context: StepContext, answers: ConfirmationAnswers, session: Session
    ) -> Session:
        profile = await context.backend.space.reopen(session.require_space())
        return session.with_(profile=profile, notice="reopening")


REOPENING = ReopeningStep()


class ClosingStep(Step[ConfirmationAnswers]):
    """One may change one's mind."""

    name: ClassVar[str] = "closing"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (
            Bullets(tuple(Text(f"closing.{each}") for each in ("archived", "erasure", "mind"))),
        )

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return (Field("closing", confirmation_parser("closing.missing"), FieldKind.CHECKBOX),)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("close_space", explicit=True), Action("return", ActionKind.BACK))

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> ConfirmationAnswers:
        return ConfirmationAnswers(confirmed=values["closing"])

    @override
    async def submit(
        self, context: StepContext, answers: ConfirmationAnswers, session: Session
    ) -> Session:
        profile = await context.backend.space.close(session.require_space())
        return session.with_(profile=profile, notice="closing")


CLOSING = ClosingStep()
