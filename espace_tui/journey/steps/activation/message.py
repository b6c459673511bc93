"""The invitation: shown where the backend delivers on this computer, explained otherwise."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import (
    Action,
    ActionKind,
    Block,
    MessageList,
    Paragraph,
    Step,
    StepState,
)
from espace_tui.journey.session import Session
from espace_tui.journey.steps.received import take_card


class MessageStep(Step[None]):
    """The newest message is the one to follow.

    Where the messages tell the number of the card too, as in a demonstration, nothing else is
    needed: one goes on without being told what to have at hand.
    """

    name: ClassVar[str] = "message"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        check = Paragraph(Text("message.check"))
        if state.session.inbox:
            return (MessageList(state.session.inbox, brief=True), check)
        nobody = state.session.nobody_invited
        led = (Paragraph(Text("message.nobody"), strong=True),) if nobody else ()
        return (*led, Paragraph(Text("message.where")), check)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        aside = not state.session.nobody_invited
        following = state.policy.order[0] if take_card(state) else "prerequisites"
        return (
            Action("continue", ActionKind.GO, following),
            Action("need_code", ActionKind.GO, "identity", quiet=True),
            Action("check_message", ActionKind.GO, "check_message", quiet=True),
            Action("guide_site", ActionKind.GO, "guide_intro", quiet=aside),
        )

    @override
    async def enter(self, context: StepContext, session: Session) -> Session:
        inbox = context.backend.inbox
        found = await inbox.messages() if inbox else ()
        nobody = inbox is not None and not found and context.guide is not None
        return session.with_(inbox=found, nobody_invited=nobody)


STEP = MessageStep()
