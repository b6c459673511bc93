"""Every answer given so far, masked, with « Modifier » for each step one can go back to."""

from __future__ import annotations

import re

from textual.app import ComposeResult
from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.form import Field, FieldKind
from espace_tui.journey.view import Answer
from espace_tui.journey.wizard import Wizard
from espace_tui.widgets.button import TextButton
from espace_tui.widgets.flow import Row, Stack
from espace_tui.widgets.text import HangingText, Label
from espace_tui.widgets.ui_text import UiText

_HIDDEN = "•+(?: •+)+ ?"
"""The groups of a number that are masked: one « … » says as much in a line."""


def answer_text(ui: UiText, field: Field, text: str) -> str:
    """Return an answer in a few words: the text of a choice, « oui » for a ticked box."""
    if field.kind is FieldKind.CHOICE and text in field.choices:
        short = Text(f"face.answer.{field.name}.{text}")
        return ui.texts(short if ui.texts.has(short.id) else field.choice_text(text))
    if field.kind is FieldKind.CHECKBOX:
        yes = field.text_for("yes")
        return ui.translate(yes if ui.texts.has(yes.id) else "ticked")
    return re.sub(_HIDDEN, "… ", text)


class AnswerRow(Row):
    """What was answered at a step, between its name and the link that changes it."""

    DEFAULT_CSS = """
    AnswerRow {
        height: auto;
        & > .key { width: 15; color: $muted; }
        & > .value { width: 1fr; padding-right: 1; }
        & > TextButton { dock: right; &.-link { margin-right: 0; } }
    }
    """


class AnswerList(Stack):
    """The answers, step by step; « Modifier » runs `action` of the screen with the step's name."""

    DEFAULT_CSS = """
    AnswerList { height: auto; margin-bottom: 1; }
    """

    def __init__(self, ui: UiText, wizard: Wizard, action: str) -> None:
        super().__init__()
        self.ui = ui
        self.wizard = wizard
        self.action = action
        self.unmasked = False
        self.labels: dict[str, Label] = {}
        """The label that holds the answers of each step."""

    def toggle_reveal(self) -> None:
        """Show the answers as they were typed, or mask them again; the focus does not move."""
        self.unmasked = not self.unmasked
        for step, label in self.labels.items():
            label.update(HangingText(("", self._line(step))))

    def conceal(self) -> None:
        """Mask the answers, whoever asked to see them."""
        if self.unmasked:
            self.toggle_reveal()

    @override
    def compose(self) -> ComposeResult:
        links = [link for link in self.wizard.step_links() if link.reachable]
        answers = [(link, self._line(link.step)) for link in links]
        if not any(line for _, line in answers):
            yield Label(self.ui.translate("answers.none"))
        for link, line in answers:
            if line:
                with AnswerRow():
                    yield Label(self.ui.translate(f"answers.{link.step}"), classes="key")
                    label = self.ui.translate("change", number=link.number)
                    change = ("screen", self.action, (link.step,))
                    yield TextButton(label, change, quiet=True, at_right=True)
                    self.labels[link.step] = Label(line, classes="value")
                    yield self.labels[link.step]

    def _line(self, step: str) -> str:
        """Return what is known of a step, its facts then its answers, in a line."""
        facts = (
            self.ui.translate(value) if isinstance(value, Text) else re.sub(_HIDDEN, "… ", value)
            for _, value in self.wizard.facts(step)
        )
        answers = (each for each in self.wizard.answers() if each.step == step)
        return " · ".join([*facts, *map(self._said, answers)])

    def _said(self, answer: Answer) -> str:
        field, typed = answer.field, answer.clear if self.unmasked else answer.shown
        text = answer_text(self.ui, field, typed)
        named = Text(f"face.answer.{field.name}", {"value": text})
        return self.ui.texts(named) if self.ui.texts.has(named.id) else text
