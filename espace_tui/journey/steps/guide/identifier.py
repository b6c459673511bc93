"""« Choisir un identifiant »: rules ticked live, and proposals on request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import identifier_field
from espace_tui.journey.form import (
    CONTINUE,
    Action,
    ActionKind,
    Block,
    Bullets,
    Field,
    Paragraph,
    Step,
    StepState,
)
from espace_tui.journey.guide_answers import Goal
from espace_tui.journey.guiding import answered, known, remembered
from espace_tui.journey.session import Session


class GuideIdentifierStep(Step[None]):
    """What is typed is only looked at; the person writes it down themselves."""

    name: ClassVar[str] = "guide_identifier"

    @override
    def applies(self, session: Session) -> bool:
        return known(session).goal in {None, Goal.ACTIVATE}

    @override
    def done(self, session: Session) -> bool:
        return self.name in known(session).done

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
        field = identifier_field(state)
        parse = partial(_parse_if_any, parse=field.parse)
        return (replace(field, parse=parse, probe=False, text_key="wished_identifier"),)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        more = "other_identifiers" if known(state.session).identifiers else "show_identifiers"
        return (CONTINUE, Action(more, ActionKind.ACT, self.name, reveals=True))

    @override
    async def act(self, action: str, context: StepContext, session: Session) -> Session:
        found = context.guide.identifiers() if context.guide else ()
        return remembered(session, identifiers=found)

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> None:
        return None

    @override
    async def submit(self, context: StepContext, answers: None, session: Session) -> Session:
        return answered(session, self.name)


def _parse_if_any(text: str, *, parse: Callable[[str], Any]) -> object:
    return parse(text) if text.strip() else None


STEP = GuideIdentifierStep()
