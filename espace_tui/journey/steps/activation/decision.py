"""Étape « Je prends ma décision »: activate, or oppose. Nothing is preselected.

Opposing takes effect only after its own review (`opposition`), activating only at the end.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.journey.context import Desk
from espace_tui.journey.fields import chosen, confirmed
from espace_tui.journey.form import CONTINUE, Action, Deed, Field, Kind, Situation, Step, ticked
from espace_tui.journey.session import DecisionAnswers, Session
from espace_tui.model.values import Choice, Stage


class Decision(Step[DecisionAnswers]):
    """The box is compulsory for activating, and means nothing for opposing."""

    name: ClassVar[str] = "decision"

    @override
    def done(self, session: Session) -> bool:
        return session.past(Stage.DECISION)

    @override
    def fields(self, at: Situation) -> tuple[Field, ...]:
        opposing = at.typed.get("choice") == Choice.OPPOSE
        choice = Field(
            "choice", chosen(Choice, "choice.missing"), Kind.CHOICE, choices=tuple(Choice)
        )
        parse = ticked if opposing else confirmed("terms.missing")
        terms = Field("terms", parse, Kind.TICK, moot=opposing)
        return choice, terms

    @override
    def actions(self, at: Situation) -> tuple[Action, ...]:
        return (
            CONTINUE,
            Action("read_terms", Deed.GO, "terms", quiet=True),
            Action("read_data_protection", Deed.GO, "data_protection", quiet=True),
        )

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> DecisionAnswers:
        return DecisionAnswers.model_validate(values)

    @override
    async def submit(self, desk: Desk, answers: DecisionAnswers, session: Session) -> Session:
        if answers.choice is Choice.OPPOSE:
            return session.with_(decision=answers)
        policy = await desk.backend.policy()
        flow = await desk.backend.activation.decide(session.held, answers.choice, policy.terms)
        return session.with_(decision=answers, flow=flow)


STEP = Decision()
