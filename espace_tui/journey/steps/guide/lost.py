"""Where the guide knows no more: the site has changed, or only the 3422 can tell."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.form import Action, ActionKind, Block, Paragraph, Step, StepState
from espace_tui.journey.guiding import known, step_of
from espace_tui.journey.session import Session


class UnknownStep(Step[None]):
    """« Le site a changé »: follow it."""

    name: ClassVar[str] = "guide_unknown"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (Paragraph(Text("guide.unknown"), strong=True),)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return _ways_on(state.session)


class CallStep(Step[None]):
    """One neutral sentence: why is not for us to say."""

    name: ClassVar[str] = "guide_call"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (Paragraph(Text("guide.call"), strong=True),)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return _ways_on(state.session)


def _ways_on(session: Session) -> tuple[Action, ...]:
    screen = known(session).screen
    back = (Action("back_to_screen", ActionKind.GO, step_of(screen)),) if screen else ()
    return (
        *back,
        Action("other_screen", ActionKind.GO, "guide_which"),
        Action("site_refuses", ActionKind.GO, "guide_refusal"),
        Action("to_the_end", ActionKind.GO, "guide_end"),
    )


UNKNOWN = UnknownStep()
CALL = CallStep()
