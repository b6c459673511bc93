"""What is to be said about a field, at the left edge: an error, what deserves a second look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from typing_extensions import override

from espace_tui.errors import Problem
from espace_tui.i18n import Text
from espace_tui.validators import Advice
from espace_tui.widgets.face import Face
from espace_tui.widgets.press import Press
from espace_tui.widgets.words import Words


class Remarks(Vertical):
    """« Erreur : … », « À vérifier : … », what was learnt; each suggestion is a button."""

    DEFAULT_CSS = """
    Remarks {
        height: auto;
        & > .wrong { color: $wrong; text-style: bold; }
        & > .advice { color: $advice; }
    }
    """

    class Grown(Message):
        """What was just learnt is drawn."""

    def __init__(self, face: Face, field: str) -> None:
        super().__init__()
        self.face = face
        self.field = field
        self.problems: Sequence[Problem] = ()
        self.advices: Sequence[Advice] = ()
        self.learnt: Sequence[Advice] = ()

    def tell(self, *learnt: Advice) -> None:
        """Say at once what was just learnt of the field."""
        self.learnt = learnt
        self.refresh(recompose=True)

    def on_resize(self) -> None:
        """Tell that what was just said takes its room."""
        if self.learnt:
            self.post_message(self.Grown())

    def settled(self) -> None:
        """Say no more what was advised: it is done."""
        self.advices = ()
        self.tell()

    @override
    def compose(self) -> ComposeResult:
        for problem in self.problems:
            words = Text(f"error.{problem.code}", problem.values)
            yield Words(self.face.say("wrong", what=words), classes="wrong")
        for text, suggestions in _by_text(self.advices):
            yield Words(self.face.say("check", what=text), classes="advice")
            yield from map(self._suggestion, suggestions)
        for text, suggestions in _by_text(self.learnt):
            yield Words(self.face.texts(text), classes="advice")
            yield from map(self._suggestion, suggestions)

    def _suggestion(self, text: str) -> Press:
        label = self.face.say("use", what=text)
        return Press(label, ("screen", "use", (self.field, text)), quiet=True)


def _by_text(advices: Sequence[Advice]) -> Iterator[tuple[Text, list[str]]]:
    """Return each text once, with all that it suggests."""
    for text, same in groupby(advices, attrgetter("text")):
        yield text, [each.suggestion for each in same if each.suggestion]
