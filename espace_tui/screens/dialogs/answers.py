"""F2: all the answers so far."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from typing_extensions import override

from espace_tui.journey.wizard import Wizard
from espace_tui.screens.dialogs.dialog import Dialog
from espace_tui.widgets.answers import AnswerList
from espace_tui.widgets.button import TextButton
from espace_tui.widgets.ui_text import KEYS, UiText


class AnswersDialog(Dialog):
    """All the answers, each with a button to change it; closes with the chosen step."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(KEYS["reveal"], "reveal", id="reveal", priority=True, show=False)
    ]
    title_id: ClassVar[str] = "answers"

    def __init__(self, ui: UiText, wizard: Wizard) -> None:
        super().__init__(ui)
        self.wizard = wizard

    def action_reveal(self) -> None:
        """Show the answers as they were typed, or mask them again; no secret to two people."""
        if not self.ui.may_reveal:
            self.show_hint(self.ui.translate("no.reveal.now"))
            return
        answers = self.query_one(AnswerList)
        answers.toggle_reveal()
        button = next(iter(self.query(TextButton).results(TextButton)))
        button.rename(self._label("conceal" if answers.unmasked else "reveal"))

    @override
    def buttons(self) -> Iterable[TextButton]:
        if self.wizard.answers() and self.ui.may_reveal:
            yield TextButton(self._label("reveal"), "screen.reveal")

    def _label(self, function: str) -> str:
        what, key = self.ui.label_of(function), self.ui.key_name("reveal")
        return self.ui.translate("key", what=what, key=key)

    @override
    def content(self) -> Iterable[Widget]:
        yield AnswerList(self.ui, self.wizard, "choose")
