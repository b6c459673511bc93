"""F4: what was typed, in large digits, group by group, to be compared with the card."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget
from textual.widgets import Digits
from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.screens.dialogs.dialog import Dialog
from espace_tui.widgets.text import Label
from espace_tui.widgets.ui_text import UiText


class LargeDigits(Digits):
    """One group in large digits: a drawing; the same text is beside it in ordinary letters."""

    DEFAULT_CSS = """
    LargeDigits { width: auto; height: auto; color: $foreground; margin-bottom: 1; }
    """


class MagnifierDialog(Dialog):
    """Each group in ordinary letters, then in large digits."""

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
            yield LargeDigits(group)
