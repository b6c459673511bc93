"""« J'ai un message, pas encore ma carte »: what can be done meanwhile."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.form import Action, ActionKind, Block, Bullets, Step, StepState


class NoCardStep(Step[None]):
    """Only to be read."""

    name: ClassVar[str] = "no_card"
    early: ClassVar[bool] = True

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (
            Bullets(tuple(Text(f"no_card.{what}") for what in ("keep", "ask", "expired", "help"))),
        )

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("home", ActionKind.GO, "welcome"),)


STEP = NoCardStep()
