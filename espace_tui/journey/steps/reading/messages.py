"""« Voir mes messages »: the local inbox, looked at from any step that waits for a code."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import Desk
from espace_tui.journey.form import Action, Block, Deed, Letters, Paragraph, Situation, Step
from espace_tui.journey.session import Session


class Messages(Step[None]):
    """Only to be read; Escape goes back to where the person was."""

    name: ClassVar[str] = "messages"

    @override
    def blocks(self, at: Situation) -> tuple[Block, ...]:
        if at.session.inbox:
            return (Letters(at.session.inbox),)
        return (Paragraph(Text("messages.none")),)

    @override
    def actions(self, at: Situation) -> tuple[Action, ...]:
        return (Action("return", Deed.BACK), Action("refresh", Deed.GO, "messages"))

    @override
    async def enter(self, desk: Desk, session: Session) -> Session:
        inbox = desk.backend.inbox
        return session.with_(inbox=await inbox.messages() if inbox else ())


STEP = Messages()
