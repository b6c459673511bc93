"""Étape « Je prends ma décision »: activate, or oppose. Nothing is preselected.

Opposing takes effect only after its own review (`opposition`), activating only at the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import choice_field, confirmation_parser
from espace_tui.journey.form import (
    CONTINUE,
    Action,
    ActionKind,
    Field,
    FieldKind,
    Step,
    StepState,
    is_checked,
)
from espace_tui.journey.session import DecisionAnswers, Session
from espace_tui.model.values import Choice, Stage


class DecisionStep(Step[DecisionAnswers]):
    """The box is compulsory for activating, and means nothing for opposing."""

    name: ClassVar[str] = "decision"

    @override
    def done(self, session: Session) -> bool:
        return session.past(Stage.DECISION)

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        opposing = state.typed.get("choice") == Choice.OPPOSE
        parse = is_checked if opposing else confirmation_parser("terms.missing")
        terms = Field("terms", parse, FieldKind.CHECKBOX, irrelevant=opposing, depends=("choice",))
        return choice_field("choice", Choice), terms

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (
            CONTINUE,
            Action("read_terms", ActionKind.GO, "terms", quiet=True),
            Action("read_data_protection", ActionKind.GO, "data_protection", quiet=True),
        )

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> DecisionAnswers:
        return DecisionAnswers.model_validate(values)

    @override
    async def submit(
        self, context: StepContext, answers: DecisionAnswers, session: Session
    ) -> Session:
        if answers.choice is Choice.OPPOSE:
            return session.with_(decision=answers)
        policy = await context.backend.policy()
        flow = await context.backend.activation.decide(
            session.require_flow(), answers.choice, policy.terms
        )
        return session.with_(decision=answers, flow=flow)


STEP = DecisionStep()
