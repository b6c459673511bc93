"""What a helper looks at between two people: the counts, the computer, the sheets to print."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from itertools import groupby
from typing import Any, ClassVar, NamedTuple

from typing_extensions import override

from espace_tui.errors import FieldProblem, InvalidAnswers, Unreachable
from espace_tui.i18n import Text
from espace_tui.journey.context import StepContext
from espace_tui.journey.fields import choice_field, optional
from espace_tui.journey.form import (
    Action,
    ActionKind,
    Block,
    Bullets,
    Facts,
    Field,
    Paragraph,
    StepState,
)
from espace_tui.journey.session import Session
from espace_tui.journey.steps.kinds import VisitStep

_RETURN = (Action("return_to_waiting", ActionKind.BACK),)
_FEW = 5


class CountsStep(VisitStep[None]):
    """The counts of this month, in words; a small number is only said to be one."""

    name: ClassVar[str] = "counter_counts"

    @override
    async def enter(self, context: StepContext, session: Session) -> Session:
        await self._notes.read_counts()
        return session

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        if not self._notes.counted:
            said = "none" if self._notes.counts else "off"
            return (Paragraph(Text(f"counter.counts.{said}")),)
        blocks: list[Block] = [Paragraph(Text("counter.counts.month"))]
        for key, rows in groupby(self._notes.counted, lambda row: row[0]):
            blocks += [Paragraph(Text(f"counts.{key}")), Facts(tuple(map(_counted, rows)))]
        return tuple(blocks)

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return _RETURN


def _counted(row: tuple[str, str, int | None]) -> tuple[Text, Text | str]:
    key, word, number = row
    few = Text("counter.counts.few", {"limit": _FEW})
    shown = few if number is None else str(number) if number else Text("counter.counts.withheld")
    return Text(f"counts.{key}.{word}"), shown


class ComputerStep(VisitStep[None]):
    """What would keep traces here, and what to do about it."""

    name: ClassVar[str] = "counter_computer"

    @override
    async def enter(self, context: StepContext, session: Session) -> Session:
        await self._notes.look_at_computer()
        return session

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        if not self._notes.risks:
            return (Paragraph(Text("counter.computer.fit")),)
        return tuple(
            block
            for code, refused, how in self._notes.risks
            for block in (
                Paragraph(
                    Text(
                        "counter.refused" if refused else "counter.warned",
                        {"reason": Text(f"counter.computer.{code}", {"how": how})},
                    ),
                    strong=refused,
                ),
                Bullets((Text(f"counter.computer.{code}.do", {"how": how}),)),
            )
        )

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        return _RETURN


class SheetLanguage(StrEnum):
    """The language under each French line."""

    FRENCH = "fr"
    ENGLISH = "en"
    ARABIC = "ar"
    UKRAINIAN = "uk"
    TURKISH = "tr"
    PORTUGUESE = "pt"
    PERSIAN = "fa"


class SheetKind(StrEnum):
    """What is made: a page to print, the same in easy words, a text for a Braille embosser."""

    PAGE = "page"
    EASY = "easy"
    TEXT = "text"


class HandoutAnswers(NamedTuple):
    """Which sheet, and where it is written."""

    language: SheetLanguage
    kind: SheetKind
    folder: str


class HandoutsStep(VisitStep[HandoutAnswers]):
    """Sheets to print in a stack before anybody comes: nothing is opened nor printed from here."""

    name: ClassVar[str] = "counter_handouts"

    @override
    def blocks(self, state: StepState) -> tuple[Block, ...]:
        written = Text("counter.handouts.written", {"path": self._notes.written})
        return (
            Paragraph(Text("counter.handouts.why")),
            *((Paragraph(written, strong=True),) if self._notes.written else ()),
        )

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        if self._notes.written:
            return ()
        return (
            choice_field("sheet_language", SheetLanguage, review=False),
            choice_field("sheet_kind", SheetKind, review=False),
            optional(Field("sheet_folder", str.strip, review=False, columns=40)),
        )

    @override
    def actions(self, state: StepState) -> tuple[Action, ...]:
        if self._notes.written:
            return (*_RETURN, Action("another_handout", ActionKind.ACT, self.name))
        return (Action("write_handout"), *_RETURN)

    @override
    async def act(self, action: str, context: StepContext, session: Session) -> Session:
        self._notes.written = ""
        return session

    @override
    def build(self, values: Mapping[str, Any], session: Session) -> HandoutAnswers:
        folder = values["sheet_folder"] or ""
        return HandoutAnswers(values["sheet_language"], values["sheet_kind"], folder)

    @override
    async def submit(
        self, context: StepContext, answers: HandoutAnswers, session: Session
    ) -> Session:
        language, kind, folder = answers
        if kind is SheetKind.EASY and language not in {SheetLanguage.FRENCH, SheetLanguage.ENGLISH}:
            raise InvalidAnswers([FieldProblem("sheet_kind", "sheet_kind.no-easy", {})])
        try:
            await self._notes.write_handout(language, kind, folder)
        except Unreachable:
            raise InvalidAnswers(
                [FieldProblem("sheet_folder", "sheet_folder.closed", {})]
            ) from None
        return session
