"""What a helper knows when an exercise begins: who comes, what they say, what they brought."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import custom_choice_field
from espace_tui.journey.form import (
    Action,
    ActionKind,
    Block,
    Bullets,
    Facts,
    Field,
    Paragraph,
    StepState,
)
from espace_tui.journey.guiding import words
from espace_tui.journey.session import Session
from espace_tui.journey.steps.kinds import ExerciseStep
from espace_tui.model.exercise import Exercise


class ChooseCaseStep(ExerciseStep[str]):
    """Which of the people comes."""

    name: ClassVar[str] = "exercise_choice"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (Paragraph(Text("exercise.invented")),)

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        cases = self._exercise.cases.values()
        titles = {
            case.id: Text("exercise.case", {"name": case.person.name, "title": words(case.title)})
            for case in cases
        }
        return (custom_choice_field("exercise_case", titles),)

    @override
    async def submit(self, context: StepContext, answers: str, session: Session) -> Session:
        self._exercise.choose(answers)
        return session


class BriefingStep(ExerciseStep[None]):
    """Who comes to the counter; the visit begins from here."""

    name: ClassVar[str] = "exercise_briefing"

    @override
    def title(self, state: StepState) -> Text:
        return person_of(self._exercise)

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        case = self._exercise.case
        papers = tuple(
            Text(f"exercise.paper.{paper.kind}", {"words": words(paper.words)})
            for paper in case.papers
        )
        card = (Text(f"exercise.brought.{case.card.kind}"),) if case.card else ()
        brought = (*card, *papers)
        seed = {"case": case.id, "seed": self._exercise.seed}
        return (
            Paragraph(words(case.says)),
            *((Paragraph(Text("exercise.brought")), Bullets(brought)) if brought else ()),
            Facts(_contacts(self._exercise)),
            Bullets(
                tuple(
                    Text(f"exercise.rule.{rule}", seed)
                    for rule in ("site", "speak", "next", "seed")
                )
            ),
        )

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("begin_exercise", ActionKind.GO, "counter_comfort"),)


def person_of(exercise: Exercise) -> Text:
    """Return who is helped."""
    person = exercise.case.person
    values = {"name": person.name, "age": person.age}
    return Text("exercise.person" if person.age is None else "exercise.person.aged", values)


def _contacts(exercise: Exercise) -> tuple[tuple[Text, Text | str], ...]:
    person = exercise.case.person
    rows: tuple[tuple[Text, Text | str], ...] = (
        (Text("exercise.birth_date"), Text("fact.at", {"day": person.birth_date})),
        (Text("exercise.email"), person.email),
        (Text("exercise.mobile"), person.mobile),
    )
    known = (person.birth_date, person.email, person.mobile)
    return tuple(row for row, value in zip(rows, known, strict=True) if value)
