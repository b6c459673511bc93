"""Where the guide knows no more: the site has changed, or only the 3422 can tell."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.form import Action, ActionKind, Block, Paragraph, Step, StepState
from espace_tui.journey.guiding import return_actions


class UnknownStep(Step[None]):
    """« Le site a changé »: follow it."""

    name: ClassVar[str] = "guide_unknown"
    said: ClassVar[Text] = Text("guide.unknown")

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (Paragraph(self.said, strong=True),)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (
            *return_actions(state.session),
            Action("other_screen", ActionKind.GO, "guide_which"),
            Action("site_refuses", ActionKind.GO, "guide_refusal"),
            Action("to_the_end", ActionKind.GO, "guide_end"),
        )


class CallStep(UnknownStep):
    """One neutral sentence: why is not for us to say."""

    name: ClassVar[str] = "guide_call"
    said: ClassVar[Text] = Text("guide.call")


UNKNOWN = UnknownStep()
CALL = CallStep()
