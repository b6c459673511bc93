"""F2: every answer given so far, masked, with « Modifier » for each step one can go back to."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets._static import Static
from typing_extensions import override

from espace_tui.form import Field, Kind
from espace_tui.i18n import Text
from espace_tui.view import Answer, Stop
from espace_tui.widgets.face import Face
from espace_tui.widgets.overlay import Overlay
from espace_tui.widgets.press import Press


def shown(face: Face, field: Field, text: str) -> str:
    """Return an answer in words: a choice by its text, a box by its mark."""
    if field.kind is Kind.CHOICE and text in field.choices:
        return face.texts(Text(f"choice.{field.text}.{text}", field.values))
    return face.say("ticked") if field.kind is Kind.TICK else text


class Answers(Vertical):
    """The answers, step by step; `action` is what « Modifier » does, with the step's name."""

    DEFAULT_CSS = """
    Answers {
        height: auto; margin-bottom: 1;
        & > .step { text-style: bold; }
        & > Press { margin-bottom: 1; }
    }
    """

    def __init__(
        self, face: Face, answers: tuple[Answer, ...], open_: frozenset[str], action: str
    ) -> None:
        super().__init__()
        self.face = face
        self.answers = answers
        self.open = open_
        self.action = action

    @override
    def compose(self) -> ComposeResult:
        if not self.answers:
            yield Static(self.face.say("answers.none"), markup=False)
        for step, answers in groupby(self.answers, attrgetter("step")):
            title = Text(f"step.{step}.title")
            yield Static(self.face.texts(title), markup=False, classes="step")
            yield Static("\n".join(map(self._line, answers)), markup=False)
            if step in self.open:
                label = self.face.say("change", what=title)
                yield Press(label, ("screen", self.action, (step,)), quiet=True)

    def _line(self, answer: Answer) -> str:
        value = shown(self.face, answer.field, answer.shown)
        return self.face.say("fact", label=answer.field.say("label"), value=value)


class AllMyAnswers(Overlay):
    """The answers over any step, and the steps one can go to."""

    title_id: ClassVar[str] = "answers"

    def __init__(self, face: Face, answers: tuple[Answer, ...], stops: tuple[Stop, ...]) -> None:
        super().__init__(face)
        self.answers = answers
        self.stops = stops

    @override
    def content(self) -> Iterable[Widget]:
        open_ = frozenset(stop.step for stop in self.stops if stop.open)
        yield Answers(self.face, self.answers, open_, "choose")
