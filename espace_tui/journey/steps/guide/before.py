"""Before one begins: fifteen quiet minutes, and the message if there was one."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import CONTINUE, Action, ActionKind, Block, Paragraph, Step, StepState
from espace_tui.journey.guide_answers import Goal
from espace_tui.journey.guiding import answered, known
from espace_tui.journey.session import Session


class TimeStep(Step[None]):
    """Once the code is typed on the site, stopping loses it."""

    name: ClassVar[str] = "guide_time"

    @override
    def applies(self, session: Session) -> bool:
        return known(session).goal in {None, Goal.ACTIVATE}

    @override
    def done(self, session: Session) -> bool:
        return self.name in known(session).done

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (Paragraph(Text("guide.time"), strong=True), Paragraph(Text("guide.time.ready")))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("have_time"), Action("later", ActionKind.GO, "guide_over"))

    @override
    async def submit(self, context: StepContext, answers: None, session: Session) -> Session:
        return answered(session, self.name)


class ReceivedStep(Step[None]):
    """A message is not needed: the site sends a fresh code."""

    name: ClassVar[str] = "guide_message"

    @override
    def applies(self, session: Session) -> bool:
        return known(session).goal in {None, Goal.ACTIVATE, Goal.OPPOSE}

    @override
    def done(self, session: Session) -> bool:
        return self.name in known(session).done

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (Paragraph(Text("guide.message")), Paragraph(Text("guide.message.old")))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (CONTINUE, Action("check_message", ActionKind.GO, "check_message"))

    @override
    async def submit(self, context: StepContext, answers: None, session: Session) -> Session:
        return answered(session, self.name)


TIME = TimeStep()
MESSAGE = ReceivedStep()
