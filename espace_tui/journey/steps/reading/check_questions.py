"""Six questions for a text message, a call or a letter: what cannot be pasted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.guide.message.letter import Letter
from espace_tui.guide.message.questions import QUESTIONS, ReportedAnswer, judge_answers
from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import choice_parser
from espace_tui.journey.form import (
    Action,
    ActionKind,
    Block,
    Field,
    FieldKind,
    Paragraph,
    Step,
    StepState,
)
from espace_tui.journey.session import Session


class CheckQuestionsStep(Step[Letter]):
    """The answers give the same signs as a mail; who sent it can never be checked."""

    name: ClassVar[str] = "check_questions"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (Paragraph(Text("check.questions")),)

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return tuple(
            Field(
                f"asks_{name}",
                choice_parser(
                    ReportedAnswer, "reported.missing", question=Text(f"field.asks_{name}.label")
                ),
                FieldKind.CHOICE,
                choices=tuple(ReportedAnswer),
                choice_texts={each: Text(f"reported.{each}") for each in ReportedAnswer},
                review=False,
            )
            for name in QUESTIONS
        )

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("judge_answers"), Action("return", ActionKind.BACK, quiet=True))

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> Letter:
        return judge_answers({name: values[f"asks_{name}"] for name in QUESTIONS})

    @override
    async def submit(self, context: StepContext, answers: Letter, session: Session) -> Session:
        return session.with_(letter=answers)


STEP = CheckQuestionsStep()
