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
    own_exit: ClassVar[bool] = True

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        notes = self._notes
        place = (Paragraph(Text("counter.place", {"place": notes.place})),) if notes.place else ()
        exercise = (Paragraph(Text("counter.exercise"), strong=True),) if notes.is_exercise else ()
        counted = Text("counter.counts.on" if notes.counts else "counter.counts.off")
        return (
            *place,
            *self._after(),
            *exercise,
            Paragraph(Text("counter.nothing")),
            Bullets((counted,)),
        )

    def _after(self) -> tuple[Block, ...]:
        """Say how the visit before ended, where that is worth a word."""
        if self._notes.reference:
            values = {"reference": self._notes.reference}
            return (Paragraph(Text("counter.crashed", values), strong=True),)
        after = self._notes.after
        return (Paragraph(Text(f"counter.{after}"), strong=True),) if after else ()

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        leaving = Action("leave_counter", ActionKind.FACE, face="leave", quiet=True)
        return (
            Action("begin_visit", ActionKind.GO, "counter_comfort"),
            Action("practise", ActionKind.FACE, face="train", quiet=True),
            Action("to_handouts", ActionKind.GO, "counter_handouts", quiet=True),
            Action("to_counts", ActionKind.GO, "counter_counts", quiet=True),
            Action("to_computer", ActionKind.GO, "counter_computer", quiet=True),
            *(() if self._notes.is_locked else (leaving,)),
        )
