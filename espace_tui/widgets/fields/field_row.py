"""A field on the screen: a label, the control that takes the answer, the messages about it."""

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
    """« Erreur : … », « À vérifier : … », information; each suggestion is a button."""

    DEFAULT_CSS = """
    FieldMessages {
        height: auto;
        & > .wrong { color: $wrong; text-style: bold; }
        & > .advice { color: $advice; }
    }
    """

    class Grown(Message):
        """An information has appeared, and takes room."""

    def __init__(self, ui: UiText, field_name: str) -> None:
        super().__init__()
        self.ui = ui
        self.field_name = field_name
        self.problems: Sequence[FieldProblem] = ()
        self.advices: Sequence[Advice] = ()
        self.info: Sequence[Advice] = ()

    def show_info(self, *info: Advice) -> None:
        """Show an information about the field at once, in the place of the last one."""
        self.info = info
        self.refresh(recompose=True)

    def on_resize(self) -> None:
        """Announce that an information takes room."""
        if self.info:
            self.post_message(self.Grown())

    def clear(self) -> None:
        """Remove the advice that was followed, and the information."""
        self.advices = ()
        self.show_info()

    @override
    def compose(self) -> ComposeResult:
        for problem in self.problems:
            words = Text(f"error.{problem.code}", problem.values)
            yield Label(self.ui.translate("wrong", what=words), classes="wrong")
            if suggestion := problem.values.get("suggestion"):
                yield self._suggestion_button(str(suggestion))
        for text, suggestions in _by_text(self.advices):
            yield Label(self.ui.translate("check", what=text), classes="advice")
            yield from map(self._suggestion_button, suggestions)
        for text, suggestions in _by_text(self.info):
            yield Label(self.ui.texts(text), classes="advice")
            yield from map(self._suggestion_button, suggestions)

    def _suggestion_button(self, text: str) -> TextButton:
        label = self.ui.translate("use", what=text)
        return TextButton(label, ("screen", "use_suggestion", (self.field_name, text)), quiet=True)


def _by_text(advices: Sequence[Advice]) -> Iterator[tuple[Text, list[str]]]:
    """Return each text once, with all its suggestions."""
    for text, same in groupby(advices, attrgetter("text")):
        yield text, [each.suggestion for each in same if each.suggestion]


class FieldRow(Vertical):
    """A label, a control, then the messages at the left edge; each kind of field extends it."""

    DEFAULT_CSS = """
    FieldRow {
        height: auto; margin-bottom: 1;
        & > .label { color: $foreground; text-style: bold; }
        & > .hint { color: $muted; }
    }
    """

    class Changed(Message):
        """The answer has changed; the message does not carry it."""

        def __init__(self, row: FieldRow) -> None:
            super().__init__()
            self.row = row

    class Blurred(Message):
        """The focus has left the field."""

        def __init__(self, row: FieldRow) -> None:
            super().__init__()
            self.row = row

    def __init__(self, ui: UiText, field: Field, text: str) -> None:
        super().__init__(name=field.name)
        self.ui = ui
        self.field = field
        self.initial_text = text
        """The answer when the row was drawn."""
        self.probed_text = ""
        """The answer that the service was last asked about."""
        self.messages = FieldMessages(ui, field.name)

    @property
    def control(self) -> Widget:
        """The widget that takes the focus."""
        raise NotImplementedError

    @property
    def text(self) -> str:
        """The answer as it was typed."""
        raise NotImplementedError

    @property
    def appearance(self) -> tuple[object, ...]:
        """What the row draws of the field: when it changes, the row is drawn again."""
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
        """Show the field as the current answers and rules make it."""
        before, self.field = self.appearance, field
        if self.appearance != before:
            self.initial_text = self.text
            await self.recompose()

    # What only some kinds do: a screen may ask it of any row.

    revealed: bool = False
    """Whether a secret is shown."""
    accepts_text: ClassVar[bool] = False
    """Whether it takes typed text."""
    accepts_digits: ClassVar[bool] = False
    """Whether a digit chooses one of its options."""

    def set_text(self, text: str) -> None:
        """Replace the answer."""

    def paste(self, text: str) -> None:
        """Take a pasted text."""

    def choose(self, index: int) -> None:
        """Choose one of several."""

    def toggle_reveal(self) -> None:
        """Show a secret, or hide it again."""
