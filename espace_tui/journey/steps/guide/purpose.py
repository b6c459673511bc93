"""« Pour qui ? » and « Pour quoi ? »: they decide which official journey is followed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import choice_parser
from espace_tui.journey.form import Field, FieldKind, Step, StepState
from espace_tui.journey.guide_answers import Goal, Who
from espace_tui.journey.guiding import answered, known
from espace_tui.journey.session import Session


class WhoStep(Step[Who]):
    """Nothing is preselected."""

    name: ClassVar[str] = "guide_for"

    @override
    def done(self, session: Session) -> bool:
        return self.name in known(session).done

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        parse = choice_parser(Who, "who.missing")
        return (Field("who", parse, FieldKind.CHOICE, choices=tuple(Who)),)

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> Who:
        return Who(values["who"])

    @override
    async def submit(self, context: StepContext, answers: Who, session: Session) -> Session:
        return answered(session, self.name, who=answers, screen="")


class GoalStep(Step[Goal]):
    """Nothing is preselected, and no goal is put before another by its words."""

    name: ClassVar[str] = "guide_goal"

    @override
    def done(self, session: Session) -> bool:
        return self.name in known(session).done

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        parse = choice_parser(Goal, "goal.missing")
        return (Field("goal", parse, FieldKind.CHOICE, choices=tuple(Goal)),)

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> Goal:
        return Goal(values["goal"])

    @override
    async def submit(self, context: StepContext, answers: Goal, session: Session) -> Session:
        return answered(session, self.name, goal=answers, screen="")


FOR = WhoStep()
GOAL = GoalStep()
