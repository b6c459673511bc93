"""A button on one line: `[ Continuer ]`, and `> Continuer <` when it has the focus.

What it does is an action of Textual, run by the app when Enter is pressed (so that keys typed
ahead wait for it), or when it is clicked.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.widgets._static import Static

Deed = str | tuple[str, str, tuple[object, ...]]
"""An action of Textual: « screen.submit('continue') », or its target, name and values."""


class Press(Static, can_focus=True):
    """A button; `quiet` draws it as a link."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
    ]
    DEFAULT_CSS = """
    Press {
        width: auto; max-width: 100%; height: auto; color: $foreground;
        &.-quiet { text-style: underline; }
        &:focus { background: $focus; color: $focus-text; text-style: $focus-style; }
    }
    """

    def __init__(self, label: str, action: Deed, *, quiet: bool = False, name: str = "") -> None:
        self.label = label
        self.enter_action = action
        self.marks = ("  ", "  ") if quiet else ("[ ", " ]")
        super().__init__(self._words(*self.marks), markup=False, name=name)
        self.set_class(quiet, "-quiet")

    def _words(self, before: str, after: str) -> str:
        return f"{before}{self.label}{after}"

    @property
    def caret(self) -> Offset:
        """Where the terminal's cursor goes: on the first letter of the label."""
        return self.content_region.offset + Offset(2, 0)

    def on_focus(self) -> None:
        """Say the focus by a shape, not only by colours."""
        self.update(self._words("> ", " <"), layout=False)

    def on_blur(self) -> None:
        """Draw the plain shape again."""
        self.update(self._words(*self.marks), layout=False)

    def on_click(self, event: events.Click) -> None:
        """Do the same as Enter."""
        event.stop()
        self.focus()
        self.app.call_later(self.app.run_action, self.enter_action, self)
