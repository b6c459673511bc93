"""« Choisir un identifiant »: rules ticked live, and proposals on request."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import identifier_field, optional
from espace_tui.journey.form import (
    CONTINUE,
    Action,
    ActionKind,
    Block,
    Bullets,
    Field,
    Paragraph,
    StepState,
)
from espace_tui.journey.guide_answers import Goal
from espace_tui.journey.guiding import known, remembered
from espace_tui.journey.session import Session
from espace_tui.journey.steps.kinds import GuidedStep


class GuideIdentifierStep(GuidedStep[str | None]):
    """What is typed is only looked at; the person writes it down themselves."""

    name: ClassVar[str] = "guide_identifier"
    goals: ClassVar[frozenset[Goal]] = frozenset({Goal.ACTIVATE})

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        found = known(state.session).identifiers
        proposed = tuple(
            Text("guide.proposal", {"proposal": each.get_secret_value()}) for each in found
        )
        shown = (
            (Paragraph(Text("guide.identifier.proposed")), Bullets(proposed)) if proposed else ()
        )
        return (
            Paragraph(Text("guide.identifier")),
            *shown,
            Paragraph(Text("guide.identifier.note")),
        )

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        field = optional(identifier_field(state))
        return (field._replace(probe=False, text_key="wished_identifier"),)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        more = "other_identifiers" if known(state.session).identifiers else "show_identifiers"
        return (CONTINUE, Action(more, ActionKind.ACT, self.name, reveals=True))

    @override
    async def act(self, action: str, context: StepContext, session: Session) -> Session:
        found = context.guide.identifiers() if context.guide else ()
        return remembered(session, identifiers=found)


STEP = GuideIdentifierStep()
