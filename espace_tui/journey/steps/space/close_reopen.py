"""Closing the space, reviewed and confirmed before it takes effect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import Desk
from espace_tui.journey.fields import confirmed
from espace_tui.journey.form import Action, Block, Bullets, Deed, Field, Kind, Situation, Step
from espace_tui.journey.session import ConfirmationAnswers, Session


class Reopening(Step[ConfirmationAnswers]):
    """One may change one's mind."""

    name: ClassVar[str] = "reopening"

    @override
    def blocks(self, at: Situation) -> tuple[Block, ...]:
        return (Bullets(tuple(Text(f"reopening.{each}") for each in ("restored", "mind"))),)

    @override
    def fields(self, at: Situation) -> tuple[Field, ...]:
        return (Field("reopening", confirmed("reopening.missing"), Kind.TICK),)

    @override
    def actions(self, at: Situation) -> tuple[Action, ...]:
        return (Action("reopen_space"), Action("return", Deed.BACK))

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> ConfirmationAnswers:
        return ConfirmationAnswers(confirmed=values["reopening"])

    @override
    async def submit(self, desk: Desk, answers: ConfirmationAnswers, session: Session) -> Session:
        profile = await desk.backend.space.reopen(session.entered)
        return session.with_(profile=profile, notice="reopening")


REOPENING = Reopening()


class Closing(Step[ConfirmationAnswers]):
    """One may change one's mind."""

    name: ClassVar[str] = "closing"

    @override
    def blocks(self, at: Situation) -> tuple[Block, ...]:
        return (
            Bullets(tuple(Text(f"closing.{each}") for each in ("archived", "erasure", "mind"))),
        )

    @override
    def fields(self, at: Situation) -> tuple[Field, ...]:
        return (Field("closing", confirmed("closing.missing"), Kind.TICK),)

    @override
    def actions(self, at: Situation) -> tuple[Action, ...]:
        return (Action("close_space"), Action("return", Deed.BACK))

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> ConfirmationAnswers:
        return ConfirmationAnswers(confirmed=values["closing"])

    @override
    async def submit(self, desk: Desk, answers: ConfirmationAnswers, session: Session) -> Session:
        profile = await desk.backend.space.close(session.entered)
        return session.with_(profile=profile, notice="closing")


CLOSING = Closing()
