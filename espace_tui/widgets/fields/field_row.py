"""A field on the screen: what every kind of row has in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from typing_extensions import override

from espace_tui.errors import FieldProblem
from espace_tui.i18n import Text
from espace_tui.journey.form import Field
from espace_tui.validators import Advice
from espace_tui.widgets.button import TextButton
from espace_tui.widgets.text import Label
from espace_tui.widgets.ui_text import UiText


class FieldMessages(Vertical):
    """« Erreur : … », « À vérifier : … », what was learnt; each suggestion is a button."""

    DEFAULT_CSS = """
    FieldMessages {
        height: auto;
        & > .wrong { color: $wrong; text-style: bold; }
        & > .advice { color: $advice; }
    }
    """

    class Grown(Message):
        """What was just learnt is drawn."""

    def __init__(self, ui: UiText, field_name: str) -> None:
        super().__init__()
        self.ui = ui
        self.field_name = field_name
        self.problems: Sequence[FieldProblem] = ()
        self.advices: Sequence[Advice] = ()
        self.info: Sequence[Advice] = ()

    def show_info(self, *info: Advice) -> None:
        """Say at once what was just learnt of the field."""
        self.info = info
        self.refresh(recompose=True)

    def on_resize(self) -> None:
        """Tell that what was just said takes its room."""
        if self.info:
            self.post_message(self.Grown())

    def clear(self) -> None:
        """Say no more what was advised: it is done."""
        self.advices = ()
        self.show_info()

    @override
    def compose(self) -> ComposeResult:
        for problem in self.problems:
            words = Text(f"error.{problem.code}", problem.values)
            yield Label(self.ui.translate("wrong", what=words), classes="wrong")
        for text, suggestions in _by_text(self.advices):
            yield Label(self.ui.translate("check", what=text), classes="advice")
            yield from map(self._suggestion, suggestions)
        for text, suggestions in _by_text(self.info):
            yield Label(self.ui.texts(text), classes="advice")
            yield from map(self._suggestion, suggestions)

    def _suggestion(self, text: str) -> TextButton:
        label = self.ui.translate("use", what=text)
        return TextButton(label, ("screen", "use", (self.field_name, text)), quiet=True)


def _by_text(advices: Sequence[Advice]) -> Iterator[tuple[Text, list[str]]]:
    """Return each text once, with all that it suggests."""
    for text, same in groupby(advices, attrgetter("text")):
        yield text, [each.suggestion for each in same if each.suggestion]


class FieldRow(Vertical):
    """A label above, the entry, then what is to be said about it at the left edge."""

    DEFAULT_CSS = """
    FieldRow {
        height: auto; margin-bottom: 1;
        & > .label { color: $foreground; text-style: bold; }
        & > .hint { color: $muted; }
    }
    """

    class Changed(Message):
        """Something changed in a field; the message shows nothing of it."""

        def __init__(self, row: FieldRow) -> None:
            super().__init__()
            self.row = row

    class Blurred(Message):
        """The person went on to another field."""

        def __init__(self, row: FieldRow) -> None:
            super().__init__()
            self.row = row

    def __init__(self, ui: UiText, field: Field, text: str) -> None:
        super().__init__(name=field.name)
        self.ui = ui
        self.field = field
        self.initial_text = text
        """What stood in the field when it was drawn."""
        self.probed_text = ""
        """What the service was last asked about."""
        self.messages = FieldMessages(ui, field.name)

    @property
    def control(self) -> Widget:
        """What takes the focus."""
        raise NotImplementedError

    @property
    def text(self) -> str:
        """What stands in the field."""
        raise NotImplementedError

    @property
    def appearance(self) -> tuple[object, ...]:
        """What is drawn of the field: when it changes, the row is drawn again."""
        field = self.field
        return (
            field.kind,
            field.text_prefix,
            field.prefix,
            field.picture,
            field.length,
            field.choices,
        )

    def heading(self) -> Iterable[Widget]:
        """Return the label, the hint and the example."""
        for part in ("label", "hint", "example"):
            text = self.field.text_for(part)
            if self.ui.texts.has(text.id):
                yield Label(self.ui.texts(text), "label" if part == "label" else "hint")

    async def update_field(self, field: Field) -> None:
        """Take the field as the present answers and rules make it."""
        before, self.field = self.appearance, field
        if self.appearance != before:
            self.initial_text = self.text
            await self.recompose()

    # What only some rows do; a screen asks any row.

    revealed: bool = False
    """Whether a secret is shown."""
    accepts_text: ClassVar[bool] = False
    """Whether one types in it."""
    accepts_digits: ClassVar[bool] = False
    """Whether a digit chooses in it."""

    def set_text(self, text: str) -> None:
        """Replace what stands in the field."""

    def paste(self, text: str) -> None:
        """Take a paste."""

    def choose(self, index: int) -> None:
        """Choose one of several."""

    def toggle_reveal(self) -> None:
        """Show what a secret field holds, or hide it again."""
