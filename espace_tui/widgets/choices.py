"""A menu over the page: a few buttons, and nothing chosen beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from typing_extensions import override

from espace_tui.i18n import Text
from espace_tui.widgets.face import Face
from espace_tui.widgets.overlay import Overlay
from espace_tui.widgets.press import Press


class Choices(Overlay):
    """Hands over the name of what was chosen."""

    def __init__(self, face: Face, title: str, labels: Mapping[str, str]) -> None:
        super().__init__(face)
        self.heading_ = title
        self.labels = labels

    @override
    def heading(self) -> Text:
        return Text(f"face.{self.heading_}.title")

    @override
    def buttons(self) -> Iterable[Press]:
        for name, label in self.labels.items():
            yield Press(label, ("screen", "choose", (name,)))
