"""The invitation: shown where the backend delivers on this computer, explained otherwise."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import Desk
from espace_tui.journey.form import Action, Block, Deed, Letters, Paragraph, Situation, Step
from espace_tui.journey.session import Session


class TheMessage(Step[None]):
    """The newest message is the one to follow."""

    name: ClassVar[str] = "message"

    @override
    def blocks(self, at: Situation) -> tuple[Block, ...]:
        check = Paragraph(Text("message.check"))
        if at.session.inbox:
            return (Letters(at.session.inbox), check)
        return (Paragraph(Text("message.where")), check)

    @override
    def actions(self, at: Situation) -> tuple[Action, ...]:
        return (
            Action("continue", Deed.GO, "prerequisites"),
            Action("need_code", Deed.GO, "identity", quiet=True),
        )

    @override
    async def enter(self, desk: Desk, session: Session) -> Session:
        inbox = desk.backend.inbox
        return session.with_(inbox=await inbox.messages() if inbox else ())


STEP = TheMessage()
