"""A field on the screen: a label, the control that takes the answer, the messages about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.layout import Layout
from textual.message import Message
from textual.widget import Widget
from typing_extensions import override

from espace_tui.errors import FieldProblem
from espace_tui.i18n import Text
from espace_tui.journey.form import Field
from espace_tui.widgets.button import TextButton
from espace_tui.widgets.flow import FlowBox, Stack
from espace_tui.widgets.text import Label
from espace_tui.widgets.ui_text import UiText

if TYPE_CHECKING:
    from espace_tui.validators import Advice


LONG = 120
"""Characters of an error from which a small screen has no room for the frame of its field."""
TOO_LONG = 200
"""Characters from which it has no room for what is expected either: the hints stay above."""


class FieldMessages(Stack):
    """« Erreur : … », « À vérifier : … », above the control; each suggestion is a button."""

    DEFAULT_CSS = """
    FieldMessages {
        height: auto;
        & > .wrong {
            color: $error; text-style: bold; border-left: outer $error; padding-left: 1;
        }
        & > .advice { border-left: outer $warning; padding-left: 1; }
    }
    """

    def __init__(self, ui: UiText, field_name: str) -> None:
        super().__init__()
        self.ui = ui
        self.field_name = field_name
        self.problems: Sequence[FieldProblem] = ()
        self.advices: Sequence[Advice] = ()
        self.hinted = False
        """Whether what is asked for, and an example, stand above."""

    @override
    def compose(self) -> ComposeResult:
        for problem in self.problems:
            yield Label(self.ui.translate("wrong", what=self._cause(problem)), classes="wrong")
            if suggestion := problem.values.get("suggestion"):
                yield self.suggestion_button(str(suggestion))
        for text, suggestions in _by_text(self.advices):
            yield Label(self.ui.translate("check", what=text), classes="advice")
            yield from map(self.suggestion_button, suggestions)

    def whole(self, problem: FieldProblem) -> str:
        """Return what is wrong, what is expected, and an example."""
        return self.ui.texts(Text(f"error.{problem.code}", problem.values))

    def _cause(self, problem: FieldProblem) -> str:
        """Return what is wrong; the format and its example stand above, where there is room."""
        whole = self.whole(problem)
        cause = whole.partition(self.ui.translate("expected"))[0].strip()
        above = self.hinted and not (self.screen.has_class("-h12") and len(whole) <= TOO_LONG)
        return cause if cause and above else whole

    def suggestion_button(self, text: str) -> TextButton:
        """Return a button that puts a suggestion in the field."""
        label = self.ui.translate("use", what=text)
        return TextButton(label, ("screen", "use_suggestion", (self.field_name, text)), quiet=True)

    def update_remarks(self, problems: Sequence[FieldProblem], advices: Sequence[Advice]) -> bool:
        """Show other problems and advice; return whether they are others."""
        changed = (tuple(problems), tuple(advices)) != (tuple(self.problems), tuple(self.advices))
        self.problems, self.advices = problems, advices
        if changed and self.is_attached:
            self.refresh(recompose=True)
        return changed


class FieldInfo(Stack):
    """What the service thinks of the answer, under the control."""

    DEFAULT_CSS = """
    FieldInfo {
        height: auto;
        & > .good { color: $met; }
        & > .advice { border-left: outer $warning; padding-left: 1; }
    }
    """

    class Grown(Message):
        """An information has appeared, and takes room."""

    def __init__(self, messages: FieldMessages) -> None:
        super().__init__()
        self.messages = messages
        self.advices: Sequence[Advice] = ()

    def show_advice(self, *advices: Advice) -> None:
        """Show advice about the field at once, in place of the last."""
        if tuple(advices) != tuple(self.advices):
            self.advices = advices
            self.refresh(recompose=True)

    def on_resize(self) -> None:
        """Announce that an information takes room."""
        if self.advices:
            self.post_message(self.Grown())

    @override
    def compose(self) -> ComposeResult:
        for text, suggestions in _by_text(self.advices):
            good = all(each.good for each in self.advices)
            said = self.messages.ui.texts(text)
            yield Label(f"✔ {said}" if good else said, classes="good" if good else "advice")
            yield from map(self.messages.suggestion_button, suggestions)


def _by_text(advices: Sequence[Advice]) -> Iterator[tuple[Text, list[str]]]:
    """Return each text once, with all its suggestions."""
    for text, same in groupby(advices, attrgetter("text")):
        yield text, [each.suggestion for each in same if each.suggestion]


class Hints(FlowBox):
    """What is asked for and an example, side by side where they fit and are of one line."""

    DEFAULT_CSS = """
    Hints { color: $muted; & > Label { width: auto; max-width: 100%; margin-right: 2; } }
    """

    def __init__(self, *parts: str) -> None:
        super().__init__(*map(Label, parts), classes="hint")
        self._has_lines = "\n" in "".join(parts)

    @property
    @override
    def layout(self) -> Layout:
        return super(FlowBox, self).layout if self._has_lines else super().layout


class FieldRow(Stack):
    """A label, what is wrong, a control, what is told of it; each kind of field extends it."""

    DEFAULT_CSS = """
    FieldRow {
        height: auto; margin-bottom: 1;
        & > .label { color: $foreground; text-style: bold; }
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
        self.info = FieldInfo(self.messages)

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
        """Return the label, then the hint and the example."""
        if label := self._part("label"):
            yield Label(label, "label")
        yield from self.hints()

    def hints(self) -> Iterable[Widget]:
        """Return the hint and the example."""
        parts = [text for part in ("hint", "example") if (text := self._part(part))]
        self.messages.hinted = bool(parts)
        if parts:
            yield Hints(*parts)

    def _part(self, name: str) -> str:
        text = self.field.text_for(name)
        return self.ui.texts(text) if self.ui.texts.has(text.id) else ""

    def show_remarks(self, problems: Sequence[FieldProblem], advices: Sequence[Advice]) -> bool:
        """Show what is wrong or deserves a second look; return whether it is new."""
        self.set_class(bool(problems), "-wrong")
        longest = max((len(self.messages.whole(one)) for one in problems), default=0)
        self.set_class(longest > LONG, "-at-length")
        self.set_class(longest > TOO_LONG, "-too-long")
        return self.messages.update_remarks(problems, advices)

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

    def say_proposed(self) -> None:
        """Say that what it holds was proposed, and is to be written down."""

    def choose(self, index: int) -> None:
        """Choose one of several."""

    def toggle_reveal(self) -> None:
        """Show a secret, or hide it again."""

    def conceal(self) -> None:
        """Mask the answer, whoever asked to see it."""
