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

    def on_mount(self) -> None:
        """Lay the buttons out before they are seen."""
        self._lay_out(self.screen.scrollable_content_region.width)

    def on_resize(self, event: Resize) -> None:
        """Lay the buttons out again."""
        self._lay_out(event.size.width)

    def _lay_out(self, width: int) -> None:
        self.set_class(self.wanted <= width, "-row")
