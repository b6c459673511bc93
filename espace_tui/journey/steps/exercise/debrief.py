"""« Vous avez… La prochaine fois… »: what was done, told kindly; there is no mark."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import Action, ActionKind, Block, Bullets, Paragraph, StepState
from espace_tui.journey.guiding import words
from espace_tui.journey.session import Session
from espace_tui.journey.steps.kinds import ExerciseStep


class DebriefStep(ExerciseStep[None]):
    """What a good helper does here: what was done of it first, then what was not."""

    name: ClassVar[str] = "exercise_debrief"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        done = tuple(words(each.done) for each in self._exercise.done())
        left = tuple(words(each.next_time) for each in self._exercise.next_time())
        told = (("exercise.done", done), ("exercise.next_time", left))
        blocks: list[Block] = [] if done else [Paragraph(Text("exercise.played"))]
        for heading, texts in told:
            blocks += [Paragraph(Text(heading)), Bullets(texts)] if texts else []
        return (*blocks, Paragraph(Text("exercise.nothing")))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        another = Action("another_exercise", ActionKind.ACT, "counter_over")
        return (Action("end_exercise"), another)

    @override
    async def enter(self, context: StepContext, session: Session) -> Session:
        self._exercise.finish()
        return session

    @override
    async def act(self, action: str, context: StepContext, session: Session) -> Session:
        self._exercise.again = True
        return session
