"""The first lines of a screen: the number and title of the step, and the next one."""

from __future__ import annotations

from espace_tui.i18n import Text
from espace_tui.widgets.text import Label
from espace_tui.widgets.ui_text import UiText


class StepHeader(Label):
    """« Étape 2 sur 6 : Ma carte Vitale », then « Ensuite : Je prends ma décision »."""

    DEFAULT_CSS = """
    StepHeader {
        dock: top; height: auto; background: $background; color: $foreground;
        text-style: bold; border-bottom: solid $edge;
    }
    """

    def __init__(
        self,
        ui: UiText,
        title: Text,
        *,
        position: tuple[int, int] = (0, 0),
        following: Text | None = None,
    ) -> None:
        number, count = position
        lines = [ui.texts(title)]
        if number:
            lines = [ui.translate("step", number=number, count=count, title=title)]
        if following:
            lines.append(ui.translate("following", title=following))
        super().__init__("\n".join(lines))
