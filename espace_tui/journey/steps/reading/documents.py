"""The terms of use of this demonstration, read in place."""

from __future__ import annotations

from typing import ClassVar

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.form import Action, ActionKind, Block, Paragraph, Step, StepState

PARAGRAPHS = 6


class DataProtectionStep(Step[None]):
    """Only to be read; it goes back to the decision with everything kept."""

    name: ClassVar[str] = "data_protection"

    @override
    def part_of(self, state: StepState) -> str:
        return "decision"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return tuple(Paragraph(Text(f"data_protection.{i}")) for i in range(1, PARAGRAPHS + 1))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("return", ActionKind.BACK),)


DATA_PROTECTION = DataProtectionStep()


class TermsStep(Step[None]):
    """Only to be read; it goes back to the decision with everything kept."""

    name: ClassVar[str] = "terms"

    @override
    def part_of(self, state: StepState) -> str:
        return "decision"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        return tuple(Paragraph(Text(f"terms.{i}")) for i in range(1, PARAGRAPHS + 1))

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return (Action("return", ActionKind.BACK),)


TERMS = TermsStep()
