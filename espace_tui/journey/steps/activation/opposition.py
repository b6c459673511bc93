"""What opposing means, reviewed and confirmed before it takes effect (RGAA 11.12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import Desk
from espace_tui.journey.fields import confirmed
from espace_tui.journey.form import Action, Block, Bullets, Deed, Field, Kind, Situation, Step
from espace_tui.journey.session import ConfirmationAnswers, Session
from espace_tui.model.values import Choice


class Opposition(Step[ConfirmationAnswers]):
    """The only place where opposing takes effect."""

    name: ClassVar[str] = "opposition"

    @override
    def blocks(self, at: Situation) -> tuple[Block, ...]:
        what = ("none", "professionals", "later", "care")
        return (Bullets(tuple(Text(f"opposition.{each}") for each in what)),)

    @override
    def fields(self, at: Situation) -> tuple[Field, ...]:
        return (Field("opposing", confirmed("opposing.missing"), Kind.TICK),)

    @override
    def actions(self, at: Situation) -> tuple[Action, ...]:
        return (Action("oppose"), Action("return", Deed.BACK))

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> ConfirmationAnswers:
        return ConfirmationAnswers(confirmed=values["opposing"])

    @override
    async def submit(self, desk: Desk, answers: ConfirmationAnswers, session: Session) -> Session:
        flow = await desk.backend.activation.decide(session.held, Choice.OPPOSE)
        return session.with_(flow=flow)


STEP = Opposition()
