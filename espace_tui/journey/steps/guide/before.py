"""Before one begins: fifteen quiet minutes, and the message if there was one."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.form import CONTINUE, Action, ActionKind, Block, Paragraph, StepState
from espace_tui.journey.guide_answers import Goal, Reach
from espace_tui.journey.guiding import known
from espace_tui.journey.steps.kinds import GuidedStep


class TimeStep(GuidedStep[None]):
    """Once the code is typed on the site, stopping loses it."""

    name: ClassVar[str] = "guide_time"
    goals: ClassVar[frozenset[Goal]] = frozenset({Goal.ACTIVATE})

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (Paragraph(Text("guide.time"), strong=True), Paragraph(Text("guide.time.ready")))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("have_time"), Action("later", ActionKind.GO, "guide_over"))


class ReceivedStep(GuidedStep[None]):
    """A message is not needed, the site sends a fresh code; a letter may be."""

    name: ClassVar[str] = "guide_message"
    goals: ClassVar[frozenset[Goal]] = frozenset({Goal.ACTIVATE, Goal.OPPOSE})

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        letter = known(state.session).reach is Reach.LETTER
        code = Text("guide.message.letter" if letter else "guide.message.old")
        return (Paragraph(Text("guide.message")), Paragraph(code))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (CONTINUE, Action("check_message", ActionKind.GO, "check_message"))


TIME = TimeStep()
MESSAGE = ReceivedStep()
