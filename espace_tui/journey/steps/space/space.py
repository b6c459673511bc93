"""« Mon espace »: status, masked contacts, what it offers; the first name opens the menu."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import (
    Action,
    ActionKind,
    Block,
    Bullets,
    Facts,
    Paragraph,
    Step,
    StepState,
)
from espace_tui.journey.session import Session
from espace_tui.model.grants import Profile
from espace_tui.model.values import SpaceStatus


class SpaceStep(Step[None]):
    """Signing out is its main action; closing and reopening are a change of mind."""

    name: ClassVar[str] = "space"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        profile = state.session.profile
        if profile is None:
            return ()
        active = profile.status is SpaceStatus.ACTIVE
        return (
            Paragraph(Text("space.hello", {"name": profile.first_name})),
            Facts(_rows(profile)),
            *(_offers() if active else ()),
            Paragraph(Text("space.sign_out"), strong=True),
        )

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        profile = state.session.profile
        closed = profile is not None and profile.status is SpaceStatus.CLOSED
        change = "reopening" if closed else "closing"
        return (
            Action("sign_out", ActionKind.ACT, "signed_out"),
            Action(f"go_{change}", ActionKind.GO, change, quiet=True),
            Action("messages", ActionKind.GO, "messages", quiet=True),
        )

    @override
    async def enter(self, context: StepContext, session: Session) -> Session:
        profile = await context.backend.space.profile(session.require_space())
        return Session(space=session.require_space(), profile=profile, notice=session.notice)

    @override
    async def act(self, action: str, context: StepContext, session: Session) -> Session:
        await context.backend.sign_in.sign_out(session.require_space())
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


STEP = SpaceStep()
