"""The magnifier: what was typed in large digits, group by group, to be compared with the card."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.widget import Widget
from textual.widgets._digits import Digits
from typing_extensions import override

from espace_tui.form import Field
from espace_tui.widgets.face import Face
from espace_tui.widgets.overlay import Overlay
from espace_tui.widgets.words import Words


class Group(Digits):
    """One group in large digits; its text stands beside for who cannot see shapes."""

    DEFAULT_CSS = """
    Group { width: auto; height: auto; color: $foreground; margin-bottom: 1; }
    """


class Magnifier(Overlay):
    """Each group on its own lines, said in ordinary letters above."""

    title_id: ClassVar[str] = "magnifier"

    def __init__(self, face: Face, *values: tuple[Field, str]) -> None:
        super().__init__(face)
        self.values = values

    @override
    def content(self) -> Iterable[Widget]:
        for field, text in self.values:
            yield Words(self.face.texts(field.say("label")), "strong")
            yield from self._groups(field, text)

    def _groups(self, field: Field, text: str) -> Iterable[Widget]:
        groups = field.groups(text)[:40]
        if not groups:
            yield Words(self.face.say("magnifier.empty"))
        for number, group in enumerate(groups, 1):
            place = {"number": number, "count": len(groups)}
            yield Words(self.face.say("magnifier.group", **place, what=group))
            yield Group(group)
