"""Reopening the space, reviewed and confirmed before it takes effect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.answers import ConfirmationAnswers
from espace_tui.desk import Desk
from espace_tui.fields import confirmed
from espace_tui.form import Action, Block, Bullets, Deed, Field, Kind, Situation, Step
from espace_tui.i18n import Text
from espace_tui.session import Session


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


STEP = Reopening()
