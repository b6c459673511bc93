"""What to have at hand before beginning."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.form import Action, Block, Bullets, Paragraph, Step, StepState


class PrerequisitesStep(Step[None]):
    """Only to be read: the code, the card, a magnifier."""

    name: ClassVar[str] = "prerequisites"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        needed = tuple(Text(f"prerequisites.{what}") for what in ("code", "card", "loupe"))
        return (Bullets(needed), Paragraph(Text("prerequisites.time")))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("begin"),)


STEP = PrerequisitesStep()
