"""The screen of a counter that is hidden: the same person resumes, or everything is erased."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from typing_extensions import override

from espace_tui.i18n import TimeOfDay
from espace_tui.idle import IdleWatch
from espace_tui.widgets.page import Page
from espace_tui.widgets.text import Label
from espace_tui.widgets.ui_text import UiText


class VeilScreen(Page[str]):
    """Two sentences; « 1 » resumes, « 2 » erases, and nothing else is taken: no default."""

    def __init__(self, ui: UiText, watch: IdleWatch) -> None:
        super().__init__()
        self.ui = ui
        self._watch = watch

    @override
    def compose(self) -> ComposeResult:
        texts = self.ui.texts
        yield Label(texts("idle.hidden", time=TimeOfDay(self._watch.erases_at)))
        yield Label(texts("idle.choices"))

    @override
    def intercept_key(self, event: events.Key | events.Paste) -> bool:
        """Take the two answers; drop what is pasted."""
        chosen = {"1": "resume", "2": "erase"}.get(getattr(event, "key", ""))
        if chosen:
            self.dismiss(chosen)
        return False
