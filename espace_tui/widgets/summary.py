"""The problems of a step, first thing on it, each a link to its field."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Vertical
from typing_extensions import override

from espace_tui.errors import Problem
from espace_tui.i18n import Text
from espace_tui.widgets.face import Face
from espace_tui.widgets.press import Press
from espace_tui.widgets.words import Words


class ErrorSummary(Vertical):
    """« Erreur : 2 réponses sont à revoir », then a link for each."""

    DEFAULT_CSS = """
    ErrorSummary {
        height: auto; margin-bottom: 1;
        & > Words { color: $wrong; text-style: bold; }
        & > Press { color: $wrong; }
        & > Press:focus { color: $focus-text; }
    }
    """

    def __init__(
        self, face: Face, problems: tuple[Problem, ...], labels: Mapping[str, str]
    ) -> None:
        super().__init__()
        self.face = face
        self.problems = problems
        self.labels = labels

    @override
    def compose(self) -> ComposeResult:
        count = len(self.problems)
        yield Words(self.face.say(Text("face.problems", count=count)))
        for number, problem in enumerate(self.problems, 1):
            label = f"{number}. {self.labels[problem.field]}"
            yield Press(label, ("screen", "reach", (problem.field,)), quiet=True)
