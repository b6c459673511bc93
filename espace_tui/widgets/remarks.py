"""What is to be said about a field, at the left edge: an error, what deserves a second look."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets._static import Static
from typing_extensions import override

from espace_tui.errors import Problem
from espace_tui.i18n import Text
from espace_tui.validators import Advice
from espace_tui.widgets.face import Face
from espace_tui.widgets.press import Press


class Remarks(Vertical):
    """« Erreur : … », « À vérifier : … » with each suggestion as a button."""

    DEFAULT_CSS = """
    Remarks {
        height: auto;
        & > .wrong { color: $wrong; text-style: bold; }
        & > .advice { color: $advice; }
    }
    """

    def __init__(self, face: Face, field: str) -> None:
        super().__init__()
        self.face = face
        self.field = field
        self.problems: Sequence[Problem] = ()
        self.advices: Sequence[Advice] = ()

    def show(self, *advices: Advice) -> None:
        """Say these at once, in the place of what was advised before."""
        self.advices = advices
        self.refresh(recompose=True)

    @override
    def compose(self) -> ComposeResult:
        for problem in self.problems:
            words = Text(f"error.{problem.code}", problem.values)
            yield Static(self.face.say("wrong", what=words), markup=False, classes="wrong")
        told: list[Text] = []
        for advice in self.advices:
            if advice.text not in told:
                told.append(advice.text)
                check = self.face.say("check", what=advice.text)
                yield Static(check, markup=False, classes="advice")
            if advice.suggestion:
                yield self._suggestion(advice.suggestion)

    def _suggestion(self, text: str) -> Press:
        label = self.face.say("use", text=text)
        return Press(label, ("screen", "use", (self.field, text)), quiet=True)
