"""The guide's « petit cookie », honestly: what the assistant keeps on this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import Action, ActionKind, Block, Bullets, Paragraph, Step, StepState
from espace_tui.model.consents import CONSENTS
from espace_tui.validators import listed

if TYPE_CHECKING:
    from espace_tui.journey.session import Session


class PrivacyStep(Step[None]):
    """Asked once, changeable later; nothing is preselected."""

    name: ClassVar[str] = "privacy"
    early: ClassVar[bool] = True

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        kept = tuple(Text(f"privacy.{what}") for what in CONSENTS)
        return (Bullets(kept), *_now(state), Paragraph(Text("privacy.later")))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (
            Action("accept_all", ActionKind.ACT),
            Action("refuse_all", ActionKind.ACT),
            Action("choose", ActionKind.GO, "privacy_choices"),
        )

    @override
    async def act(self, action: str, context: StepContext, session: Session) -> Session:
        context.preferences.choose(frozenset(CONSENTS) if action == "accept_all" else frozenset())
        return session


def _now(state: StepState) -> tuple[Block, ...]:
    """Return what was chosen before, for who comes back to change it."""
    if state.consents is None:
        return ()
    names = [Text(f"privacy.{what}.name") for what in CONSENTS if what in state.consents]
    said = Text("privacy.now", {"what": listed(names)}) if names else Text("privacy.now.nothing")
    return (Paragraph(said, strong=True),)


STEP = PrivacyStep()
