"""F2: every answer given so far, masked, with « Modifier » for each step one can go back to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from typing_extensions import override

from espace_tui.form import Field, Kind
from espace_tui.i18n import Text
from espace_tui.widgets.face import Face
from espace_tui.widgets.keys import KEYS
from espace_tui.widgets.overlay import Overlay
from espace_tui.widgets.press import Press
from espace_tui.widgets.words import Hanging, Words
from espace_tui.wizard import Wizard


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

    def __init__(self, face: Face, wizard: Wizard, action: str) -> None:
        super().__init__()
        self.face = face
        self.wizard = wizard
        self.action = action
        self.clear = False
        self.told: dict[str, Words] = {}
        """The answers of each step, as they are drawn."""

    def reveal(self) -> None:
        """Show the answers as they were typed, or mask them again; the focus stays."""
        self.clear = not self.clear
        for step, words in self.told.items():
            words.update(Hanging(("", "\n".join(self._said(step)))))

    @override
    def compose(self) -> ComposeResult:
        stops = [stop for stop in self.wizard.stops() if stop.open]
        said = [(stop.step, self._said(stop.step)) for stop in stops]
        if not any(lines for _, lines in said):
            yield Words(self.face.say("answers.none"))
        for step, lines in said:
            if lines:
                title = Text(f"step.{step}.title")
                yield Words(self.face.texts(title), classes="step")
                self.told[step] = Words("\n".join(lines))
                yield self.told[step]
                label = self.face.say("change", what=title)
                yield Press(label, ("screen", self.action, (step,)), quiet=True)

    def _said(self, step: str) -> list[str]:
        """Return the lines of a step: what was answered, and what it knows without asking."""
        known = [self._line(label, value) for label, value in self.wizard.facts(step)]
        return known + [
            self._line(
                each.field.say("label"),
                shown(self.face, each.field, each.clear if self.clear else each.shown),
            )
            for each in self.wizard.answers()
            if each.step == step
        ]

    def _line(self, label: Text, value: Text | str) -> str:
        return self.face.say("fact", label=label, value=value)


class AllMyAnswers(Overlay):
    """The answers over any step."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(KEYS["reveal"], "reveal", id="reveal", priority=True, show=False)
    ]
    title_id: ClassVar[str] = "answers"

    def __init__(self, face: Face, wizard: Wizard) -> None:
        super().__init__(face)
        self.wizard = wizard

    def action_reveal(self) -> None:
        """Show the answers as they were typed, or mask them again."""
        self.query_one(Answers).reveal()

    @override
    def buttons(self) -> Iterable[Press]:
        if self.wizard.answers():
            what, key = self.face.say("do.reveal"), self.face.key("reveal")
            yield Press(self.face.say("key", what=what, key=key), "screen.reveal")

    @override
    def content(self) -> Iterable[Widget]:
        yield Answers(self.face, self.wizard, "choose")
