"""A field on the screen: what every kind of row has in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget

from espace_tui.form import Field
from espace_tui.widgets.face import Face
from espace_tui.widgets.remarks import Remarks
from espace_tui.widgets.words import Words


class Row(Vertical):
    """A label above, the entry, then what is to be said about it at the left edge."""

    DEFAULT_CSS = """
    Row {
        height: auto; margin-bottom: 1;
        & > .label { color: $foreground; text-style: bold; }
        & > .hint { color: $muted; }
    }
    """

    class Typed(Message):
        """Something changed in a field; the message shows nothing of it."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    class Left(Message):
        """The person went on to another field."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    def __init__(self, face: Face, field: Field, text: str) -> None:
        super().__init__(name=field.name)
        self.face = face
        self.field = field
        self.given = text
        """What stood in the field when it was drawn."""
        self.probed = ""
        """What the service was last asked about."""
        self.remarks = Remarks(face, field.name)

    @property
    def entry(self) -> Widget:
        """What takes the focus."""
        raise NotImplementedError

    @property
    def text(self) -> str:
        """What stands in the field."""
        raise NotImplementedError

    @property
    def looks(self) -> tuple[object, ...]:
        """What is drawn of the field: when it changes, the row is drawn again."""
        field = self.field
        return (field.kind, field.text, field.prefix, field.picture, field.length, field.choices)

    def heading(self) -> Iterable[Widget]:
        """Return the label, the hint and the example."""
        for part in ("label", "hint", "example"):
            text = self.field.say(part)
            if self.face.texts.has(text.id):
                yield Words(self.face.texts(text), "label" if part == "label" else "hint")

    async def adopt(self, field: Field) -> None:
        """Take the field as the present answers and rules make it."""
        before, self.field = self.looks, field
        if self.looks != before:
            self.given = self.text
            await self.recompose()

    # What only some rows do; a screen asks any row.

    revealed: bool = False
    """Whether a secret is shown."""
    typable: ClassVar[bool] = False
    """Whether one types in it."""
    choosable: ClassVar[bool] = False
    """Whether a digit chooses in it."""

    def put(self, text: str) -> None:
        """Replace what stands in the field."""

    def take(self, text: str) -> None:
        """Take a paste."""

    def choose(self, index: int) -> None:
        """Choose one of several."""

    def reveal(self) -> None:
        """Show what a secret field holds, or hide it again."""
