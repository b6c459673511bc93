"""The last line of a screen: the menu of keys as a button, then the keys that fit."""

from __future__ import annotations

from collections.abc import Iterator

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from typing_extensions import override

from espace_tui.widgets.button import TextButton
from espace_tui.widgets.ui_text import UiText

GAP = 2


class KeyHints(Widget):
    """As many keys as fit, each of which can be clicked.

    One that does not fit is left out rather than cut: the menu has them all.
    """

    DEFAULT_CSS = """
    KeyHints { width: 1fr; height: 1; color: $muted; }
    """

    def __init__(self, hints: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.hints = hints

    def _positions(self) -> Iterator[tuple[int, str, str]]:
        """Return the column, the label and the action of each key that fits."""
        column = GAP
        for label, action in self.hints:
            if column + len(label) <= self.size.width:
                yield column, label, action
                column += len(label) + GAP

    @override
    def render(self) -> Content:
        return Content("".join(" " * GAP + label for _, label, _ in self._positions()))

    def on_click(self, event: events.Click) -> None:
        """Run the action of the key that was clicked."""
        event.stop()
        for column, label, action in self._positions():
            if column <= event.x < column + len(label):
                self.app.call_later(self.app.run_action, action, self)


class KeyBar(Horizontal):
    """« Touches et aide », then the keys, each with its action in words."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; background: $background; color: $foreground; }
    """

    def __init__(self, ui: UiText, keys: Iterator[tuple[str, str, str]]) -> None:
        self.menu = TextButton(ui.translate("menu", key=ui.key_name("menu")), "screen.menu")
        self.hints = KeyHints(
            tuple((f"{ui.key_name(name)} {what}", does) for name, what, does in keys)
        )
        super().__init__()

    @override
    def compose(self) -> ComposeResult:
        yield self.menu
        yield self.hints
