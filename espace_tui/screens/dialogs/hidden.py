"""F9: a screen that hides everything at once; any key or click shows the step again."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from typing_extensions import override

from espace_tui.widgets.page import Page
from espace_tui.widgets.text import Label
from espace_tui.widgets.ui_text import UiText


class HiddenScreen(Page[object]):
    """One sentence and nothing else."""

    def __init__(self, ui: UiText) -> None:
        super().__init__()
        self.ui = ui

    @override
    def compose(self) -> ComposeResult:
        yield self.sheet(Label(self.ui.translate("veil")))

    @override
    def intercept_key(self, event: events.Key | events.Paste) -> bool:
        """Close; the key does nothing else."""
        if isinstance(event, events.Key):
            self.dismiss(None)
        return False

    def on_click(self) -> None:
        """Close."""
        self.dismiss(None)
