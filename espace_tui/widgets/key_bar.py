"""The last line of a screen: the keys that fit, each with its action in words; F6 has them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.widget import Widget
from typing_extensions import override

from espace_tui.widgets.flow import Placed
from espace_tui.widgets.header import indent
from espace_tui.widgets.ui_text import UiText

TIGHT = 60
"""The columns below which keys have no room around them, and F6 no word."""


class KeyHint(NamedTuple):
    """A key, what it does in a word, and its action."""

    key: str
    word: str
    action: str

    @property
    def label(self) -> str:
        """The key and its word."""
        return f"{self.key} {self.word}" if self.word else self.key


class KeyBar(Placed, Widget, can_focus=True):
    """Keys as chips, each of which can be clicked; the last one, the menu, takes the focus.

    One that does not fit is left out rather than cut: the menu has them all.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "screen.menu", show=False)]
    DEFAULT_CSS = """
    KeyBar { dock: bottom; width: 100%; height: 1; background: $surface; color: $foreground; }
    """
    enter_action = "screen.menu"

    def __init__(self, ui: UiText, keys: Iterable[tuple[str, str, str]]) -> None:
        super().__init__()
        self.ui = ui
        self.hints: tuple[KeyHint, ...] = ()
        self.lead: tuple[KeyHint, ...] = ()
        """What Enter does, where that has to be told."""
        self.show_keys(keys)
        self.menu = KeyHint(ui.key_name("menu"), ui.translate("do.menu.short"), "screen.menu")

    def show_keys(self, keys: Iterable[tuple[str, str, str]]) -> None:
        """Show other keys, or what they now do."""
        self.hints = tuple(KeyHint(self.ui.key_name(name), word, does) for name, word, does in keys)
        self.refresh()

    def lead_with(self, word: str) -> None:
        """Say first what Enter does here; nothing, where it is plain."""
        enter = KeyHint(self.ui.texts("face.key.enter"), word, "app.enter")
        lead = (enter,) if word else ()
        if lead != self.lead:
            self.lead = lead
            self.refresh()

    def _shown(self) -> tuple[KeyHint, ...]:
        """Return the keys that fit: the least useful is left out first."""
        menu = KeyHint(self.menu.key, "" if self._tight else self.menu.word, self.menu.action)
        hints = (*self.lead, *self.hints)
        for count in range(len(hints), 0, -1):
            shown = (*hints[:count], menu)
            if _end(self._placed(shown)) <= self.size.width:
                return shown
        return (menu,)

    @property
    def _tight(self) -> bool:
        return self.size.width < TIGHT

    def _placed(self, hints: Iterable[KeyHint]) -> Iterator[tuple[int, KeyHint, str]]:
        """Return the column, the key, and the chip of each."""
        column = indent(self.size.width)
        for hint in hints:
            chip = hint.key if self._tight else f" {hint.key} "
            yield column, hint, chip
            column += len(chip) + len(hint.word) + bool(hint.word) + (2 if self._tight else 3)

    @override
    def render(self) -> Content:
        line = Content("")
        for column, hint, chip in self._placed(self._shown()):
            style, shown = "bold $foreground on $chip", chip
            if self.has_focus and hint.action == self.menu.action:
                style, shown = "$focus-style $on-focus on $focus", f">{hint.key}<"
            left = column - (len(shown) - len(chip)) // 2
            line += " " * (left - len(line)) + Content.styled(shown, style)
            line += f" {hint.word}" if hint.word else ""
        return line

    @property
    def caret(self) -> Offset:
        """Where the terminal's cursor goes: on the mark of the menu's key."""
        *_, (column, _, _) = self._placed(self._shown())
        return self.content_region.offset + Offset(column - self._tight, 0)

    def on_click(self, event: events.Click) -> None:
        """Run the action of the key that was clicked."""
        event.stop()
        x = event.x - (self.content_region.x - self.region.x)
        for column, hint, chip in self._placed(self._shown()):
            if column <= x < column + len(chip) + 1 + len(hint.word):
                self.app.call_later(self.app.run_action, hint.action, self)


def _end(placed: Iterable[tuple[int, KeyHint, str]]) -> int:
    *_, (column, hint, chip) = placed
    return column + len(chip) + len(hint.word) + bool(hint.word)
