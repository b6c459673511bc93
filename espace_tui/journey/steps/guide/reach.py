"""The question that decides: can the code be read now? If not, the insurance office comes first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import choice_parser
from espace_tui.journey.form import (
    Action,
    ActionKind,
    Block,
    Bullets,
    Field,
    FieldKind,
    Paragraph,
    Step,
    StepState,
)
from espace_tui.journey.guide_answers import Goal, Reach
from espace_tui.journey.guiding import answered, known
from espace_tui.journey.session import Session


class ReachStep(Step[Reach]):
    """Asked before anything that takes time."""

    name: ClassVar[str] = "guide_reach"

    @override
    def applies(self, session: Session) -> bool:
        return known(session).goal in {None, Goal.ACTIVATE, Goal.OPPOSE}

    @override
    def done(self, session: Session) -> bool:
        return self.name in known(session).done

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        parse = choice_parser(Reach, "reach.missing")
        return (Field("reach", parse, FieldKind.CHOICE, choices=tuple(Reach)),)

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> Reach:
        return Reach(values["reach"])

    @override
    async def submit(self, context: StepContext, answers: Reach, session: Session) -> Session:
        return answered(session, self.name, reach=answers)


class CaisseStep(Step[None]):
    """Nothing else can be done today; the answer can be changed."""

    name: ClassVar[str] = "guide_caisse"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        ways = tuple(Text(f"guide.caisse.{way}") for way in ("account", "office", "phone"))
        return (
            Paragraph(Text("guide.caisse"), strong=True),
            Bullets(ways),
            Paragraph(Text("guide.caisse.back")),
        )

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (
            Action("finish", ActionKind.GO, "guide_over"),
            Action("reach_again", ActionKind.GO, "guide_reach"),
            Action("check_message", ActionKind.GO, "check_message", quiet=True),
        )


REACH = ReachStep()
CAISSE = CaisseStep()
