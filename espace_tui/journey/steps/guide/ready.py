"""« À recopier dans le site »: the numbers that were checked, in groups, large on request (F4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import (
    CONTINUE,
    Action,
    ActionKind,
    Block,
    Numbers,
    Paragraph,
    StepState,
)
from espace_tui.journey.guide_answers import GuideAnswers, PreparedNumbers
from espace_tui.journey.guiding import known, remembered, return_actions
from espace_tui.journey.session import Session
from espace_tui.journey.steps.kinds import GuidedStep
from espace_tui.validators import card_serial, nir

SHOW, HIDE, HIDDEN = "show_numbers", "hide_numbers", "•"
Row = tuple[Text, tuple[str, ...]]


class ReadyStep(GuidedStep[None]):
    """Nothing to answer; it is read again beside any screen of the site."""

    name: ClassVar[str] = "guide_ready"

    @override
    def applies(self, session: Session) -> bool:
        return any(True for _ in _rows(known(session).numbers))

    @override
    async def enter(self, context: StepContext, session: Session) -> Session:
        if context.masks is None or known(session).may_hide:
            return session
        return remembered(session, may_hide=True)

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        rows = tuple(_rows(known(state.session).numbers))
        if not rows:
            return (Paragraph(Text("guide.ready.none")),)
        if known(state.session).numbers_hidden:
            rows = tuple((label, _hidden(groups)) for label, groups in rows)
        return (Paragraph(Text("guide.ready")), Numbers(rows))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        change = Action("change_numbers", ActionKind.GO, "guide_numbers", quiet=True)
        return (
            *(return_actions(state.session) or (CONTINUE,)),
            *_hiding(known(state.session)),
            change,
        )

    @override
    async def act(self, action: str, context: StepContext, session: Session) -> Session:
        return remembered(session, numbers_hidden=action == HIDE)


def _hiding(guide: GuideAnswers) -> Iterator[Action]:
    """Yield what shows the numbers again, or hides them, where others may see the screen."""
    here = (ActionKind.ACT, ReadyStep.name)
    if guide.numbers_hidden:
        yield Action(SHOW, *here, reveals=True)
    elif guide.may_hide:
        yield Action(HIDE, *here, reveals=True, conceals=True)


def _hidden(groups: tuple[str, ...]) -> tuple[str, ...]:
    """Return a mask of the same shape; a number is known again by nothing of it."""
    return tuple(HIDDEN * len(group) for group in groups)


def _rows(numbers: PreparedNumbers) -> Iterator[Row]:
    if numbers.birth_date:
        yield Text("guide.ready.birth_date"), tuple(f"{numbers.birth_date:%d %m %Y}".split())
    if numbers.nir:
        *groups, key = nir.groups(numbers.nir.get_secret_value())
        yield Text("guide.ready.nir"), tuple(groups)
        yield Text("guide.ready.key"), (key,)
    if numbers.serial and numbers.kind:
        serial = numbers.serial.get_secret_value()
        groups_ = card_serial.groups(serial, kind=numbers.kind)
        yield Text(f"guide.ready.serial.{numbers.kind}"), groups_


STEP = ReadyStep()
