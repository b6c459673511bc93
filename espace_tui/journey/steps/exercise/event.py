"""Something happens in the middle of a visit, and the helper does one thing or another."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import custom_choice_field
from espace_tui.journey.form import Block, Field, Paragraph, StepState
from espace_tui.journey.guiding import words
from espace_tui.journey.session import Session
from espace_tui.journey.steps.kinds import ExerciseStep
from espace_tui.model.exercise import Exercise


class EventStep(ExerciseStep[str | None]):
    """What happens, and what may be done; nothing says here what would be right."""

    name: ClassVar[str] = "exercise_event"

    def __init__(self, exercise: Exercise, number: int) -> None:
        super().__init__(exercise)
        self._number = number

    @override
    def title(self, state: StepState) -> Text:
        event, person = self._exercise.event(self._number), self._exercise.case.person
        return Text(f"exercise.event.{event.kind}", {"name": person.name})

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (Paragraph(words(self._exercise.event(self._number).words)),)

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        reactions = self._exercise.reactions(self._number)
        if not reactions:
            return ()
        texts = {name: words(each.words) for name, each in reactions.items()}
        return (custom_choice_field("reaction", texts),)

    @override
    async def submit(self, context: StepContext, answers: str | None, session: Session) -> Session:
        self._exercise.react(self._number, answers)
        return session
