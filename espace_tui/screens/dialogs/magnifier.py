"""F4: what was typed, in large digits, group by group, to be compared with the card."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import Static
from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.screens.dialogs.dialog import Dialog
from espace_tui.widgets.fields.letters import large
from espace_tui.widgets.flow import Placed
from espace_tui.widgets.text import Label, printable
from espace_tui.widgets.ui_text import UiText


class LargeLetters(Placed, Static):
    """One group in large letters: a drawing; the same text is above it in ordinary letters."""

    DEFAULT_CSS = """
    LargeLetters {
        width: auto; height: auto; color: $accent; margin-bottom: 1;
        &.-worded { margin-bottom: 0; }
    }
    """

    def __init__(self, group: str, *, worded: bool = False) -> None:
        super().__init__(large(printable(group)), markup=False, classes="-worded" if worded else "")


class InWords(Label):
    """What each letter is, under the drawing of its group."""

    DEFAULT_CSS = """
    InWords { margin-bottom: 1; }
    """


class MagnifierDialog(Dialog):
    """Each group in ordinary letters, then in large ones, with the words of its letters below."""

    title_id: ClassVar[str] = "magnifier"

    def __init__(self, ui: UiText, *numbers: tuple[Text, tuple[str, ...]]) -> None:
        super().__init__(ui)
        self.numbers = numbers

    @override
    def content(self) -> Iterable[Widget]:
        for label, groups in self.numbers:
            yield Label(self.ui.texts(label), "strong")
            yield from self._groups(groups[:40])

    def _groups(self, groups: tuple[str, ...]) -> Iterable[Widget]:
        if not groups:
            yield Label(self.ui.translate("magnifier.empty"))
        for number, group in enumerate(groups, 1):
            position = {"number": number, "count": len(groups)}
            yield Label(self.ui.translate("magnifier.group", **position, what=group))
            worded = group.isalnum() and not group.isdigit()
            yield LargeLetters(group, worded=worded)
            if worded:
                yield InWords(self._in_words(group))

    def _in_words(self, group: str) -> str:
        """Return « x minuscule · D majuscule · 8 »: what no drawing can leave in doubt."""
        words = (
            sign
            if sign.isdigit()
            else self.ui.translate(
                "magnifier.small" if sign.islower() else "magnifier.capital", letter=sign
            )
            for sign in group
        )
        return " · ".join(words)
