"""A field on the screen: what every kind of row has in common."""

from __future__ import annotations

from collections.abc import Iterable

from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets._static import Static

from espace_tui.errors import Problem
from espace_tui.form import Field
from espace_tui.i18n import Text
from espace_tui.view import Noticed
from espace_tui.widgets.face import Face
from espace_tui.widgets.press import Press


class Row(Vertical):
    """A label above, the entry, then what is to be said about it at the left edge."""

    DEFAULT_CSS = """
    Row {
        height: auto; margin-bottom: 1;
        & > .label { color: $foreground; text-style: bold; }
        & > .hint { color: $muted; }
        & > .wrong { color: $wrong; text-style: bold; }
        & > .advice { color: $advice; }
        & > .told { display: none; }
    }
    """

    class Typed(Message):
        """Something changed in a field; the message shows nothing of it."""

        def __init__(self, row: Row, text: str) -> None:
            super().__init__()
            self.row = row
            self.text = text

    class Left(Message):
        """The person went on to another field."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    def __init__(self, face: Face, field: Field, text: str) -> None:
        super().__init__(name=field.name)
        self.face = face
        self.field = field
        self.text = text
        self.problems: tuple[Problem, ...] = ()
        self.noticed: tuple[Noticed, ...] = ()

    @property
    def entry(self) -> Widget:
        """What takes the focus."""
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
                yield Static(
                    self.face.texts(text),
                    markup=False,
                    classes="label" if part == "label" else "hint",
                )

    def remarks(self) -> Iterable[Widget]:
        """Return the error and the advice, each with its suggestion as a button."""
        for problem in self.problems:
            words = Text(f"error.{problem.code}", problem.values)
            yield Static(self.face.say("wrong", what=words), markup=False, classes="wrong")
        for noticed in self.noticed:
            words = noticed.advice.text
            yield Static(self.face.say("check", what=words), markup=False, classes="advice")
            if noticed.advice.suggestion:
                yield self.suggestion(noticed.advice.suggestion)

        yield Static("", markup=False, classes="told advice")

    def tell(self, text: Text) -> None:
        """Say something about the field at once, without scolding."""
        told = self.query_one(".told", Static)
        told.update(self.face.texts(text))
        told.display = True

    def suggestion(self, text: str) -> Press:
        """Return the button that puts a suggestion in the field."""
        label = self.face.say("use", text=text)
        return Press(label, ("screen", "use", (self.field.name, text)))
