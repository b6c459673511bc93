"""The first lines of a screen: where one is, and what comes next."""

from __future__ import annotations

from espace_tui.i18n import Text
from espace_tui.widgets.face import Face
from espace_tui.widgets.words import Words


class StepHeader(Words):
    """« Étape 2 sur 6 : Ma carte Vitale », then « Ensuite : Je prends ma décision »."""

    DEFAULT_CSS = """
    StepHeader {
        dock: top; height: auto; background: $background; color: $foreground;
        text-style: bold; border-bottom: solid $edge;
    }
    """

    def __init__(
        self,
        face: Face,
        title: Text,
        *,
        place: tuple[int, int] = (0, 0),
        following: Text | None = None,
    ) -> None:
        number, count = place
        lines = [face.texts(title)]
        if number:
            lines = [face.say("step", number=number, count=count, title=title)]
        if following:
            lines.append(face.say("following", title=following))
        super().__init__("\n".join(lines))
