"""What may be kept on this computer, one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from typing_extensions import override

from espace_tui.journey.context import StepContext
from espace_tui.journey.form import Field, FieldKind, Step, StepState, is_checked
from espace_tui.model.consents import CONSENTS

if TYPE_CHECKING:
    from espace_tui.journey.session import Session


class PrivacyChoicesStep(Step[frozenset[str]]):
    """Three boxes, none ticked beforehand."""

    name: ClassVar[str] = "privacy_choices"
    early: ClassVar[bool] = True

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return tuple(
            Field(what, is_checked, FieldKind.CHECKBOX, text_key=f"keep_{what}")
            for what in CONSENTS
        )

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> frozenset[str]:
        return frozenset(name for name, kept in values.items() if kept)

    @override
    async def submit(
        self, context: StepContext, answers: frozenset[str], session: Session
    ) -> Session:
        context.preferences.choose(answers)
        return session


STEP = PrivacyChoicesStep()
