"""The kinds of step of the guide beside the official site, of a visit and of an exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from typing_extensions import override

from espace_tui.journey.form import Step
from espace_tui.journey.guiding import SiteJourney, answered, known

if TYPE_CHECKING:  # the first screen does not need them: pydantic is imported after it is painted
    from espace_tui.journey.context import StepContext, VisitNotes
    from espace_tui.journey.guide_answers import Goal
    from espace_tui.journey.session import Session
    from espace_tui.model.exercise import Exercise

A = TypeVar("A")


class GuidedStep(Step[A]):
    """A numbered step of the guide: it is behind the person once it was answered."""

    goals: ClassVar[frozenset[Goal]] = frozenset()
    """What one wants where it has something to ask; whatever one wants, if nothing is named."""

    @override
    def applies(self, session: Session) -> bool:
        goal = known(session).goal
        return goal is None or not self.goals or goal in self.goals

    @override
    def done(self, session: Session) -> bool:
        return self.name in known(session).done

    @override
    async def submit(self, context: StepContext, answers: A, session: Session) -> Session:
        return answered(session, self.name)


class SiteStep(Step[A]):
    """A step that is made of the official journey."""

    def __init__(self, site: SiteJourney) -> None:
        self._site = site


class VisitStep(Step[A]):
    """A step of a visit at a counter, with what is noted of it."""

    def __init__(self, notes: VisitNotes) -> None:
        self._notes = notes


class ExerciseStep(Step[A]):
    """A step around a visit that is an exercise."""

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
