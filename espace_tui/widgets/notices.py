"""What concerns the whole screen: an alert, the summary of the problems, a wait.

An alert or a wait takes the focus when it appears, so that it is not missed.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.geometry import Offset
from typing_extensions import override

from espace_tui.errors import FieldProblem
from espace_tui.i18n import Text
from espace_tui.widgets.button import TextButton
from espace_tui.widgets.flow import Row, Stack
from espace_tui.widgets.text import Label, Words
from espace_tui.widgets.ui_text import UiText


class Notice(Label):
    """A few words with a bar at their left; `strong` for what must not be missed."""

    DEFAULT_CSS = """
    Notice {
        border-left: outer $notice; padding-left: 1; margin-bottom: 1;
        &.-strong { border-left: outer $warning; text-style: bold; }
        &.-warning { border-left: outer $warning; }
    }
    """

    def __init__(self, text: Words, *, strong: bool = False, warning: bool = False) -> None:
        super().__init__(text, "-strong" if strong else "-warning" if warning else "")


class ErrorSummary(Stack):
    """« Erreur : 2 réponses sont à revoir », then a link to each field."""

    DEFAULT_CSS = """
    ErrorSummary {
        height: auto; margin-bottom: 1;
        & > Label { color: $error; text-style: bold; }
        & > TextButton { color: $error; }
        & > TextButton:focus { color: $on-focus; }
    }
    """

    def __init__(
        self, ui: UiText, problems: tuple[FieldProblem, ...], labels: Mapping[str, str]
    ) -> None:
        super().__init__()
        self.ui = ui
        self.problems = problems
        self.labels = labels

    @override
    def compose(self) -> ComposeResult:
        count = len(self.problems)
        yield Label(self.ui.translate(Text("face.problems", count=count)))
        for number, problem in enumerate(self.problems, 1):
            label = f"{number}. {self.labels[problem.field]}"
            yield TextButton(label, ("screen", "focus_field", (problem.field,)), quiet=True)


class BusyNotice(Row, can_focus=True):
    """« Un instant », in the place of the keys, with a button to cancel; nothing moves.

    The notice has the focus, not its button, so that Enter typed too soon is harmless.
    """

    DEFAULT_CSS = """
    BusyNotice {
        dock: bottom; height: auto; background: $background; color: $foreground;
        &:focus { text-style: bold; }
        & > Label { width: auto; margin-right: 1; }
    }
    """

    def __init__(self, ui: UiText) -> None:
        super().__init__()
        self.ui = ui
        self.cancel = TextButton(ui.translate("cancel", key=ui.key_name("back")), "screen.back")

    @override
    def compose(self) -> ComposeResult:
        yield Label(self.ui.translate("waiting"))
        yield self.cancel


class Alert(Stack, can_focus=True):
    """« Erreur : … », with « Réessayer » where the same call can be made again."""

    DEFAULT_CSS = """
    Alert {
        height: auto; margin-bottom: 1; border-left: outer $error; padding-left: 1;
        & > Label { color: $error; text-style: bold; }
        &:focus { border-left: thick $focus; }
    }
    """
    enter_action = "app.focus_next"

    def __init__(self, ui: UiText, text: Text, *, retry: bool) -> None:
        super().__init__()
        self.ui = ui
        self.text = text
        self.retry = retry

    @override
    def compose(self) -> ComposeResult:
        yield Label(self.ui.translate("wrong", what=self.text))
        if self.retry:
            yield TextButton(self.ui.translate("retry"), "screen.retry")

    @property
    def caret(self) -> Offset:
        """Where the terminal's cursor goes: on the first letter."""
        return self.content_region.offset
