"""Every answer given so far, masked, with « Modifier » for each step one can go back to."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.form import Field, FieldKind
from espace_tui.journey.wizard import Wizard
from espace_tui.widgets.button import TextButton
from espace_tui.widgets.text import HangingText, Label
from espace_tui.widgets.ui_text import UiText


def answer_text(ui: UiText, field: Field, text: str) -> str:
    """Return an answer in words: the text of a choice, « oui » for a ticked box."""
    if field.kind is FieldKind.CHOICE and text in field.choices:
        return ui.texts(field.choice_text(text))
    if field.kind is FieldKind.CHECKBOX:
        yes = field.text_for("yes")
        return ui.translate(yes if ui.texts.has(yes.id) else "ticked")
    return text


def answer_label(ui: UiText, field: Field) -> Text:
    """Return the name of an answer: a shorter one than its question, if there is one."""
    short = field.text_for("review")
    return short if ui.texts.has(short.id) else field.text_for("label")


class AnswerRow(Horizontal):
    """What was answered at a step, between its name and the link that changes it."""

    DEFAULT_CSS = """
    AnswerRow {
        height: auto;
        & > .key { width: 13; color: $muted; }
        & > .value { width: 1fr; padding-right: 1; }
        & > TextButton { margin-right: 0; }
    }
    """


class AnswerList(Vertical):
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
            label.update(HangingText(("", "\n".join(self._lines(step)))))

    @override
    def compose(self) -> ComposeResult:
        links = [link for link in self.wizard.step_links() if link.reachable]
        answers = [(link, self._lines(link.step)) for link in links]
        if not any(lines for _, lines in answers):
            yield Label(self.ui.translate("answers.none"))
        for link, lines in answers:
            if lines:
                with AnswerRow():
                    yield Label(self.ui.translate(f"answers.{link.step}"), classes="key")
                    self.labels[link.step] = Label("\n".join(lines), classes="value")
                    yield self.labels[link.step]
                    label = self.ui.translate("change", number=link.number)
                    yield TextButton(label, ("screen", self.action, (link.step,)), quiet=True)

    def _lines(self, step: str) -> list[str]:
        """Return the lines of a step: its facts, then its answers."""
        known = [self._line(label, value) for label, value in self.wizard.facts(step)]
        return known + [
            self._line(
                answer_label(self.ui, answer.field),
                answer_text(self.ui, answer.field, answer.clear if self.unmasked else answer.shown),
            )
            for answer in self.wizard.answers()
            if answer.step == step
        ]

    def _line(self, label: Text, value: Text | str) -> str:
        return self.ui.translate("fact", label=label, value=value)
