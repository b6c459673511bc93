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
    """What helps with a field, or with several; without any, with the keys."""

    def __init__(self, face: Face, *fields: Field) -> None:
        super().__init__(face)
        self.fields = fields

    @override
    def heading(self) -> Text:
        if len(self.fields) != 1:
            return Text("face.help.title")
        return Text("face.help.of", {"field": self.fields[0].say("label")})

    @override
    def content(self) -> Iterable[Widget]:
        yield Words(self.face.say("help.linear", key=self.face.key("linear")))
        for field in self.fields:
            if len(self.fields) > 1:
                yield Words(self.face.texts(field.say("label")), "strong")
            yield from self._of(field)
        yield Words(self.face.say("help.keys", key=self.face.key("menu")))

    def _of(self, field: Field) -> Iterable[Widget]:
        for part in ("help", "hint", "example"):
            text = field.say(part)
            if self.face.texts.has(text.id):
                yield Words(self.face.texts(text))
        if field.picture:
            yield CardPicture(self.face, field.picture)
