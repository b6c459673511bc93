"""« Vérifier mes numéros »: checked in memory before they are typed on the site."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.errors import InvalidValue
from espace_tui.guide import birth_match
from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import birth_date_field, card_fields, nir_field, optional
from espace_tui.journey.form import Block, Field, Paragraph, StepState
from espace_tui.journey.guide_answers import Goal, PreparedNumbers, Who
from espace_tui.journey.guiding import answered, known
from espace_tui.journey.session import Session
from espace_tui.journey.steps.kinds import GuidedStep
from espace_tui.validators import Advice, birth_date
from espace_tui.validators.card_serial import CardKind

SKIP = "skip"
"""What is chosen where a list has to be answered: nothing."""


class NumbersStep(GuidedStep[PreparedNumbers]):
    """Each field can be left empty; a slip is said before the site refuses it."""

    name: ClassVar[str] = "guide_numbers"
    goals: ClassVar[frozenset[Goal]] = frozenset({Goal.ACTIVATE, Goal.OPPOSE, Goal.FORGOTTEN})

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        child = known(state.session).who is Who.CHILD
        return (Paragraph(Text("guide.numbers.child" if child else "guide.numbers")),)

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        nir, (kind, serial) = nir_field(), card_fields(state)
        skip = {SKIP: Text("guide.skip")}
        asked = (
            birth_date_field()._replace(text_key="their_birth_date"),
            nir._replace(advise=partial(_advise, usual=nir.advise, state=state)),
            kind._replace(choices=(*kind.choices, SKIP), choice_texts=skip),
            serial._replace(irrelevant=state.typed.get("kind") not in set(CardKind)),
        )
        return tuple(optional(field, SKIP) for field in asked)

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> PreparedNumbers:
        return PreparedNumbers.model_validate(dict(values))

    @override
    async def submit(
        self, context: StepContext, answers: PreparedNumbers, session: Session
    ) -> Session:
        return answered(session, self.name, numbers=answers)


def _advise(
    nir: str, *, usual: Callable[[str], tuple[Advice, ...]], state: StepState
) -> tuple[Advice, ...]:
    """Advise on a NIR: what is rare in it, and a birth date of another month; not for a child."""
    day = _day(state.typed.get("birth_date", ""))
    if day is None or known(state.session).who is Who.CHILD:
        return usual(nir)
    differs = birth_match.compare(day, nir)
    return (*usual(nir), *([Advice(differs)] if differs else []))


def _day(text: str) -> date | None:
    try:
        return birth_date.parse(text)
    except InvalidValue:
        return None


STEP = NumbersStep()
