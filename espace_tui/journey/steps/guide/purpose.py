"""« Pour qui ? » and « Pour quoi ? »: they decide which official journey is followed."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import choice_field
from espace_tui.journey.form import Field, StepState
from espace_tui.journey.guide_answers import Goal, Who
from espace_tui.journey.guiding import answered
from espace_tui.journey.session import Session
from espace_tui.journey.steps.kinds import GuidedStep


class WhoStep(GuidedStep[Who]):
    """Nothing is preselected."""

    name: ClassVar[str] = "guide_for"

    def __init__(self, text_key: str = "") -> None:
        """`text_key`: the words of the answers, where the person is not the one who reads them."""
        self._text_key = text_key

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return (choice_field("who", Who, text_key=self._text_key),)

    @override
    async def submit(self, context: StepContext, answers: Who, session: Session) -> Session:
        return answered(session, self.name, who=answers, screen="")


class GoalStep(GuidedStep[Goal]):
    """Nothing is preselected, and no goal is put before another by its words."""

    name: ClassVar[str] = "guide_goal"

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return (choice_field("goal", Goal),)

    @override
    async def submit(self, context: StepContext, answers: Goal, session: Session) -> Session:
        return answered(session, self.name, goal=answers, screen="")


FOR = WhoStep()
GOAL = GoalStep()
