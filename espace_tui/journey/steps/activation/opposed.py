"""The receipt of an opposition, and how to change one's mind."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import Desk
from espace_tui.journey.form import Action, Block, Bullets, Deed, Facts, Situation, Step
from espace_tui.journey.session import Session


class Opposed(Step[None]):
    """Only to be read; it holds no number."""

    name: ClassVar[str] = "opposed"

    @override
    def blocks(self, at: Situation) -> tuple[Block, ...]:
        when = Facts(
            (
                (Text("fact.act"), Text("fact.opposed")),
                (Text("fact.day"), Text("fact.at", {"day": at.session.done_at})),
            )
        )
        return (when, Bullets(tuple(Text(f"opposed.{each}") for each in ("message", "mind"))))

    @override
    def actions(self, at: Situation) -> tuple[Action, ...]:
        return (
            Action("home", Deed.GO, "welcome"),
            Action("change_mind", Deed.GO, "identity", quiet=True),
        )

    @override
    async def enter(self, desk: Desk, session: Session) -> Session:
        return Session(done_at=session.flow.decided_at if session.flow else session.done_at)


STEP = Opposed()
