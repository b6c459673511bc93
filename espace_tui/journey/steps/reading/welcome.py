"""The first screen: what this is and is not, and where to begin."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.form import Action, ActionKind, Block, Bullets, Paragraph, Step, StepState


class WelcomeStep(Step[None]):
    """Nothing of the backend is needed, so that it can be painted at once."""

    name: ClassVar[str] = "welcome"
    early: ClassVar[bool] = True

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        never = tuple(
            Text(f"welcome.never.{what}") for what in ("official", "numbers", "rules", "asks")
        )
        told = (Paragraph(Text(f"welcome.{what}")) for what in ("what", "needs"))
        return (*told, Bullets(never))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (
            Action("activate", ActionKind.GO, "message"),
            Action("sign_in", ActionKind.GO, "sign_in"),
            Action("guide_site", ActionKind.GO, "guide_intro"),
            Action("check_message", ActionKind.GO, "check_message"),
            Action("no_card", ActionKind.GO, "no_card", quiet=True),
            Action("privacy", ActionKind.GO, "privacy", quiet=True),
        )


STEP = WelcomeStep()
