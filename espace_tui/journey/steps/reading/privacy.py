"""The guide's « petit cookie », honestly: what the assistant keeps on this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.context import KEPT, Desk
from espace_tui.journey.form import Action, Block, Bullets, Deed, Paragraph, Situation, Step
from espace_tui.validators import listed

if TYPE_CHECKING:
    from espace_tui.journey.session import Session


class Privacy(Step[None]):
    """Asked once, changeable later; nothing is preselected."""

    name: ClassVar[str] = "privacy"
    early: ClassVar[bool] = True

    @override
    def blocks(self, at: Situation) -> tuple[Block, ...]:
        kept = tuple(Text(f"privacy.{what}") for what in KEPT)
        return (Bullets(kept), *_now(at), Paragraph(Text("privacy.later")))

    @override
    def actions(self, at: Situation) -> tuple[Action, ...]:
        return (
            Action("accept_all", Deed.ACT),
            Action("refuse_all", Deed.ACT),
            Action("choose", Deed.GO, "privacy_choices"),
        )

    @override
    async def act(self, action: str, desk: Desk, session: Session) -> Session:
        desk.preferences.choose(frozenset(KEPT) if action == "accept_all" else frozenset())
        return session


def _now(at: Situation) -> tuple[Block, ...]:
    """Return what was chosen before, for who comes back to change it."""
    if at.kept is None:
        return ()
    names = [Text(f"privacy.{what}.name") for what in KEPT if what in at.kept]
    said = Text("privacy.now", {"what": listed(names)}) if names else Text("privacy.now.nothing")
    return (Paragraph(said, strong=True),)


STEP = Privacy()
