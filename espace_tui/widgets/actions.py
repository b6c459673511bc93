"""The buttons of a screen, side by side where they fit, stacked where they do not."""

from __future__ import annotations

from textual.containers import Container
from textual.events import Resize

from espace_tui.widgets.press import Press


class Actions(Container):
    """Buttons, the main one first."""

    DEFAULT_CSS = """
    Actions {
        height: auto; layout: vertical;
        & > Press { margin-right: 2; }
        &.-row { layout: horizontal; }
    }
    """

    def __init__(self, *presses: Press) -> None:
        super().__init__(*presses)
        self.wanted = sum(len(each.label) + 6 for each in presses)

    def on_resize(self, event: Resize) -> None:
        """Put the buttons side by side where they fit."""
        self.set_class(self.wanted <= event.size.width, "-row")
