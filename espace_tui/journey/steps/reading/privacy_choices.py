"""What may be kept on this computer, one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from typing_extensions import override

from espace_tui.journey.context import Desk
from espace_tui.journey.form import Field, Kind, Situation, Step, ticked

if TYPE_CHECKING:
    from espace_tui.journey.session import Session


class PrivacyChoices(Step[frozenset[str]]):
    """Three boxes, none ticked beforehand."""

    name: ClassVar[str] = "privacy_choices"
    early: ClassVar[bool] = True

    @override
    def fields(self, at: Situation) -> tuple[Field, ...]:
        return tuple(
            Field(what, ticked, Kind.TICK, stem=f"keep_{what}")
            for what in ("preferences", "log", "keyring")
        )

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> frozenset[str]:
        return frozenset(name for name, kept in values.items() if kept)

    @override
    async def submit(self, desk: Desk, answers: frozenset[str], session: Session) -> Session:
        desk.preferences.choose(answers)
        return session


STEP = PrivacyChoices()
