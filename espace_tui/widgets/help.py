"""F1: the help of the present field, and where the line-by-line mode is."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from typing_extensions import override

from espace_tui.form import Field
from espace_tui.i18n import Text
from espace_tui.widgets.card_picture import CardPicture
from espace_tui.widgets.face import Face
from espace_tui.widgets.overlay import Overlay
from espace_tui.widgets.words import Words


class Help(Overlay):
    """What helps with one field; without a field, with the keys."""

    def __init__(self, face: Face, field: Field | None) -> None:
        super().__init__(face)
        self.field = field

    @override
    def heading(self) -> Text:
        if self.field is None:
            return Text("face.help.title")
        return Text("face.help.of", {"field": self.field.say("label")})

    @override
    def content(self) -> Iterable[Widget]:
        yield Words(self.face.say("help.linear", key=self.face.key("linear")))
        parts = ("help", "hint", "example") if self.field else ()
        for part in parts:
            text = self.field.say(part) if self.field else Text("")
            if self.face.texts.has(text.id):
                yield Words(self.face.texts(text))
        if self.field and self.field.picture:
            yield CardPicture(self.face, self.field.picture)
        yield Words(self.face.say("help.keys", key=self.face.key("menu")))
