"""« Mon espace »: status, masked contacts, what it offers; the first name opens the menu."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import Desk
from espace_tui.journey.form import Action, Block, Bullets, Deed, Facts, Paragraph, Situation, Step
from espace_tui.journey.session import Session
from espace_tui.model.grants import Profile
from espace_tui.model.values import SpaceStatus


class TheSpace(Step[None]):
    """Signing out is its main action; closing and reopening are a change of mind."""

    name: ClassVar[str] = "space"

    @override
    def blocks(self, at: Situation) -> tuple[Block, ...]:
        profile = at.session.profile
        if profile is None:
            return ()
        active = profile.status is SpaceStatus.ACTIVE
        return (
            Paragraph(Text("space.hello", {"name": profile.first_name})),
            Facts(_rows(profile)),
            *(_offers() if active else ()),
        )

    @override
    def actions(self, at: Situation) -> tuple[Action, ...]:
        profile = at.session.profile
        closed = profile is not None and profile.status is SpaceStatus.CLOSED
        change = "reopening" if closed else "closing"
        return (
            Action("sign_out", Deed.ACT, "signed_out"),
            Action(f"go_{change}", Deed.GO, change, quiet=True),
            Action("messages", Deed.GO, "messages", quiet=True),
        )

    @override
    async def enter(self, desk: Desk, session: Session) -> Session:
        profile = await desk.backend.space.profile(session.entered)
        return Session(space=session.entered, profile=profile, notice=session.notice)

    @override
    async def act(self, action: str, desk: Desk, session: Session) -> Session:
        await desk.backend.sign_in.sign_out(session.entered)
        return Session()


def _offers() -> tuple[Block, ...]:
    offers = tuple(Text(f"space.offers.{each}") for each in ("store", "share", "write", "agenda"))
    return (Paragraph(Text("space.offers")), Bullets(offers))


def _rows(profile: Profile) -> tuple[tuple[Text, Text | str], ...]:
    return (
        (Text("fact.status"), Text(f"space.status.{profile.status}")),
        (Text("fact.since"), Text("fact.at", {"day": profile.decided_at})),
        (Text("fact.email"), profile.contacts.email or Text("fact.none")),
        (Text("fact.mobile"), profile.contacts.mobile or Text("fact.none")),
        (Text("fact.address"), profile.address),
    )


STEP = TheSpace()
