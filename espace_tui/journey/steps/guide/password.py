"""« Préparer un mot de passe »: proposals, hidden until asked for. Nothing is typed here."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import (
    CONTINUE,
    Action,
    ActionKind,
    Block,
    Bullets,
    Paragraph,
    StepState,
)
from espace_tui.journey.guide_answers import Goal
from espace_tui.journey.guiding import known, remembered
from espace_tui.journey.session import Session
from espace_tui.journey.steps.kinds import GuidedStep
from espace_tui.validators import password

SHOW, HIDE, RULES = "show_passwords", "hide_passwords", "password_rules"


class GuidePasswordStep(GuidedStep[None]):
    """A person must not learn to type a password anywhere but on the official site."""

    name: ClassVar[str] = "guide_password"
    goals: ClassVar[frozenset[Goal]] = frozenset({Goal.ACTIVATE, Goal.FORGOTTEN})

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        guide = known(state.session)
        said: list[Block] = [Paragraph(Text("guide.password.never"), strong=True)]
        if guide.passwords:
            proposed = (each.get_secret_value() for each in guide.passwords)
            rows = tuple(Text("guide.proposal", {"proposal": each}) for each in proposed)
            said += [Paragraph(Text("guide.password.proposed")), Bullets(rows)]
        else:
            said += [Paragraph(Text("guide.password.hidden"))]
        if guide.rules_shown:
            ticks = password.ticks("", state.policy.password)
            said += [
                Paragraph(Text("guide.password.rules")),
                Bullets(tuple(tick.rule for tick in ticks)),
            ]
        return (*said, Paragraph(Text("guide.password.note")))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        guide = known(state.session)
        here = (ActionKind.ACT, self.name)
        shown = (Action(HIDE, *here, reveals=True, conceals=True), Action("other_passwords", *here))
        rules = () if guide.rules_shown else (Action(RULES, *here, quiet=True),)
        return (
            CONTINUE,
            *(shown if guide.passwords else (Action(SHOW, *here, reveals=True),)),
            *rules,
        )

    @override
    async def act(self, action: str, context: StepContext, session: Session) -> Session:
        if action == RULES:
            return remembered(session, rules_shown=True)
        if action == HIDE or not context.guide:
            return remembered(session, passwords=())
        return remembered(session, passwords=context.guide.passwords())


STEP = GuidePasswordStep()
