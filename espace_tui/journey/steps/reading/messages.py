"""« Voir mes messages »: the local inbox, looked at from any step that waits for a code."""

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


class MessagesStep(Step[None]):
    """Only to be read; Escape goes back to where the person was."""

    name: ClassVar[str] = "messages"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        if state.session.inbox:
            return (MessageList(state.session.inbox),)
        return (Paragraph(Text("messages.none")),)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("return", ActionKind.BACK), Action("refresh", ActionKind.GO, "messages"))

    @override
    async def enter(self, context: StepContext, session: Session) -> Session:
        inbox = context.backend.inbox
        return session.with_(inbox=await inbox.messages() if inbox else ())


STEP = MessagesStep()
