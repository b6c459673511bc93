"""Signed out: nothing of the space is left in the assistant."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.form import Action, ActionKind, Block, Paragraph, Step, StepState


class SignedOutStep(Step[None]):
    """Only to be read."""

    name: ClassVar[str] = "signed_out"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return (Paragraph(Text("signed_out.clean")),)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (
            Action("home", ActionKind.GO, "welcome"),
            Action("sign_in", ActionKind.GO, "sign_in"),
        )


STEP = SignedOutStep()
