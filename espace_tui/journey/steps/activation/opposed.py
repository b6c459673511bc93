"""The receipt of an opposition, and how to change one's mind."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import Action, ActionKind, Block, Bullets, Facts, Step, StepState
from espace_tui.journey.session import Session
from espace_tui.journey.steps.kept_here import (
    prepare_receipt,
    receipt_action,
    receipt_row,
    save_receipt,
)


class OpposedStep(Step[None]):
    """Only to be read; it holds no number."""

    name: ClassVar[str] = "opposed"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        when = Facts(
            (
                (Text("fact.act"), Text("fact.opposed")),
                (Text("fact.day"), Text("fact.at", {"day": state.session.done_at})),
                *receipt_row(state.session),
            )
        )
        return (when, Bullets(tuple(Text(f"opposed.{each}") for each in ("message", "mind"))))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (
            Action("home", ActionKind.GO, "welcome"),
            *receipt_action(state.session, self.name),
            Action("change_mind", ActionKind.GO, "identity", quiet=True),
        )

    @override
    async def enter(self, context: StepContext, session: Session) -> Session:
        done_at = session.flow.decided_at if session.flow else session.done_at
        left = Session(done_at=done_at, receipt=session.receipt, notice=session.notice)
        return await prepare_receipt(context, left, "opposed")

    @override
    async def act(self, action: str, context: StepContext, session: Session) -> Session:
        return await save_receipt(context, session, "opposed")


STEP = OpposedStep()
