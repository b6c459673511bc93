"""The keyboard changes hands around what is secret: it is the person who types it."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import Action, ActionKind, Block, Paragraph, StepState
from espace_tui.journey.session import Session
from espace_tui.journey.steps.kinds import VisitStep


class HandOverStep(VisitStep[None]):
    """Before something secret: the helper looks away."""

    name: ClassVar[str] = "counter_hand_over"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (Paragraph(Text("counter.hand_over"), strong=True),)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (
            Action("have_keyboard"),
            Action("cannot_type", ActionKind.GO, "counter_cannot_type"),
        )

    @override
    async def submit(self, context: StepContext, answers: None, session: Session) -> Session:
        self._notes.hand_over(given=True)
        return session


class CannotTypeStep(VisitStep[None]):
    """Somebody else types: a relative rather than the helper."""

    name: ClassVar[str] = "counter_cannot_type"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (Paragraph(Text("counter.cannot_type")),)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("have_keyboard"), Action("return", ActionKind.BACK))

    @override
    async def submit(self, context: StepContext, answers: None, session: Session) -> Session:
        self._notes.hand_over(given=True)
        return session


class GiveBackStep(VisitStep[None]):
    """After it: nothing secret is on the screen any more."""

    name: ClassVar[str] = "counter_give_back"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (Paragraph(Text("counter.give_back")),)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("keyboard_back"),)

    @override
    async def submit(self, context: StepContext, answers: None, session: Session) -> Session:
        self._notes.hand_over(given=False)
        return session
