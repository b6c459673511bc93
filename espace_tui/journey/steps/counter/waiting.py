"""« Guichet : personne suivante »: the screen between two people, which holds nothing yet."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.form import Action, ActionKind, Block, Bullets, Paragraph, StepState
from espace_tui.journey.steps.kinds import VisitStep


class WaitingStep(VisitStep[None]):
    """What the process of a visit begins with, so that its parent needs no screen of its own."""

    name: ClassVar[str] = "counter_waiting"
    early: ClassVar[bool] = True

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        notes = self._notes
        after = (Paragraph(Text(f"counter.{notes.after}"), strong=True),) if notes.after else ()
        exercise = (Paragraph(Text("counter.exercise"), strong=True),) if notes.is_exercise else ()
        counted = Text("counter.counts.on" if notes.counts else "counter.counts.off")
        return (*after, *exercise, Paragraph(Text("counter.nothing")), Bullets((counted,)))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("begin_visit", ActionKind.GO, "counter_comfort"),)
