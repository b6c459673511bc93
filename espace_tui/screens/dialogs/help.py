"""F1: help with the current field, and how to continue line by line."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.journey.form import Field
from espace_tui.screens.dialogs.dialog import Dialog
from espace_tui.widgets.fields.card_picture import PICTURES, CardPicture
from espace_tui.widgets.text import Label
from espace_tui.widgets.ui_text import UiText


class HelpDialog(Dialog):
    """Help with some fields; without any, how to get to the buttons."""

    def __init__(self, ui: UiText, *fields: Field) -> None:
        super().__init__(ui)
        self.fields = fields

    @override
    def heading(self) -> Text:
        if len(self.fields) != 1:
            return Text("face.help.title")
        return Text("face.help.of", {"field": self.fields[0].text_for("label")})

    @override
    def content(self) -> Iterable[Widget]:
        for field in self.fields:
            if len(self.fields) > 1:
                yield Label(self.ui.texts(field.text_for("label")), "strong")
            yield from self._help_for(field)
        if not self.fields:
            keys = {name: self.ui.key_name(name) for name in ("continue", "back")}
            yield Label(self.ui.translate("help.buttons", go=keys["continue"], back=keys["back"]))
        yield Label(self.ui.translate("help.keys", key=self.ui.key_name("menu")))
        yield Label(self.ui.translate("help.linear", key=self.ui.key_name("linear")))

    def _help_for(self, field: Field) -> Iterable[Widget]:
        for part in ("help", "hint", "example"):
            text = field.text_for(part)
            if self.ui.texts.has(text.id):
                yield Label(self.ui.texts(text))
        if picture := field.picture or PICTURES.get(field.name):
            yield CardPicture(self.ui, picture)
