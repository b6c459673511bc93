"""« Touches et aide »: every key as a button; and a small menu of any choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.widget import Widget
from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.screens.dialogs.dialog import Dialog
from espace_tui.widgets.button import TextButton
from espace_tui.widgets.text import Label
from espace_tui.widgets.ui_text import UiText

MENU_ACTIONS = (
    *("continue", "back", "help", "answers", "reveal", "magnify"),
    *("language", "theme", "linear", "hide", "leave"),
)
"""The functions that have a key."""
COUNTER_ACTIONS = ("next", "handover")
"""The same, at a counter alone."""
KEYLESS = ("easy",)


class MenuDialog(Dialog):
    """All that a key can do from anywhere; closes with the name of an action."""

    title_id: ClassVar[str] = "menu"

    def __init__(self, ui: UiText, main_label: Text, reveal: str) -> None:
        super().__init__(ui)
        self.reveal = reveal
        """What F3 does on this step: « reveal », « conceal »."""
        self.main_label = main_label
        """What F10 does on this step: « Continuer », « Valider »."""

    @override
    def content(self) -> Iterable[Widget]:
        yield Label(self.ui.translate("menu.moving"))

    @override
    def buttons(self) -> Iterable[TextButton]:
        at_counter = COUNTER_ACTIONS if self.ui.masks else ()
        for name in (*MENU_ACTIONS, *at_counter, *KEYLESS):
            yield TextButton(self._label(name), ("screen", "choose", (name,)))

    def _label(self, name: str) -> str:
        if name == "easy":
            return self.ui.translate("do.usual" if self.ui.texts.easy else "do.easy")
        what = self.ui.label_of(self.reveal if name == "reveal" else name)
        if name == "continue":
            what = self.ui.translate(self.main_label)
        return f"{self.ui.key_name(name)} {what}"


class ChoiceDialog(Dialog):
    """A menu of a few buttons, none chosen beforehand; closes with the name of the choice."""

    def __init__(self, ui: UiText, title: str, labels: Mapping[str, str]) -> None:
        super().__init__(ui)
        self.title = title
        self.labels = labels

    @override
    def heading(self) -> Text:
        return Text(f"face.{self.title}.title")

    @override
    def buttons(self) -> Iterable[TextButton]:
        for name, label in self.labels.items():
            yield TextButton(label, ("screen", "choose", (name,)))
