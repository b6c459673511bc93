"""The guide's « petit cookie », honestly: what the assistant keeps on this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from typing_extensions import override

from espace_tui.desk import Desk
from espace_tui.form import Action, Block, Bullets, Deed, Paragraph, Situation, Step
from espace_tui.i18n import Text

if TYPE_CHECKING:
    from espace_tui.session import Session

KEPT = frozenset({"preferences", "log", "keyring"})


class Privacy(Step[None]):
    """Asked once, changeable later; nothing is preselected."""

    name: ClassVar[str] = "privacy"
    early: ClassVar[bool] = True

    @override
    def blocks(self, at: Situation) -> tuple[Block, ...]:
        kept = tuple(Text(f"privacy.{what}") for what in ("preferences", "log", "keyring"))
        return (Bullets(kept), Paragraph(Text("privacy.later")))

    @override
    def actions(self, at: Situation) -> tuple[Action, ...]:
        return (
            Action("accept_all", Deed.ACT),
            Action("refuse_all", Deed.ACT),
            Action("choose", Deed.GO, "privacy_choices"),
        )

    @override
    async def act(self, action: str, desk: Desk, session: Session) -> Session:
        desk.preferences.choose(KEPT if action == "accept_all" else frozenset())
        return session


STEP = Privacy()
