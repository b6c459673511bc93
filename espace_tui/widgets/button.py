"""A button on one line, `[ Continuer ]`, or `> Continuer <` when it has the focus; a bar of them.

Pressing a button runs an action of Textual: the app runs it when Enter is pressed, so that keys
typed ahead wait for it, or the button when it is clicked.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.events import Resize
from textual.geometry import Offset
from typing_extensions import override

from espace_tui.widgets.text import HangingLabel, HangingText


class ButtonBar(Container):
    """Buttons, the main one first: side by side where they fit, stacked where they do not."""

    DEFAULT_CSS = """
    ButtonBar {
        height: auto; layout: vertical;
        & > TextButton { margin-right: 2; }
        &.-row { layout: horizontal; }
    }
    """

    def __init__(self, *buttons: TextButton) -> None:
        super().__init__(*buttons)
        self.natural_width = sum(len(button.label) + 6 for button in buttons)

    def on_mount(self) -> None:
        """Lay the buttons out before the first paint."""
        self._lay_out(self.screen.scrollable_content_region.width)

    def on_resize(self, event: Resize) -> None:
        """Lay the buttons out again."""
        self._lay_out(event.size.width)

    def _lay_out(self, width: int) -> None:
        self.set_class(self.natural_width <= width, "-row")


ActionName = str | tuple[str, str, tuple[object, ...]]
"""An action of Textual: « screen.submit('continue') », or its target, name and values."""


class TextButton(HangingLabel, can_focus=True):
    """A button; `quiet` draws it as a link."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
    ]
    DEFAULT_CSS = """
    TextButton {
        width: auto; max-width: 100%; height: auto; color: $foreground;
        &:focus { background: $focus; color: $focus-text; text-style: $focus-style; }
    }
    """

    def __init__(self, label: str, action: ActionName, *, quiet: bool = False) -> None:
        self.label = label
        self.enter_action = action
        self.quiet = quiet
        super().__init__(text=self._text(focused=False))

    def _text(self, *, focused: bool) -> HangingText:
        """Return the label between its marks: the focus is a shape, not only colours."""
        if focused:
            return HangingText(("> ", f"{self.label} <"))
        if self.quiet:
            return HangingText(("  ", self.label), style="underline", spare=2)
        return HangingText(("[ ", f"{self.label} ]"))

    @property
    def caret(self) -> Offset:
        """Where the terminal's cursor goes: on the first letter of the label."""
        return self.content_region.offset + Offset(2, 0)

    @override
    def watch_has_focus(self, _has_focus: bool) -> None:
        super().watch_has_focus(_has_focus)
        self.show(self._text(focused=_has_focus))

    def on_click(self, event: events.Click) -> None:
        """Do the same as Enter."""
        event.stop()
        self.focus()
        self.app.call_later(self.app.run_action, self.enter_action, self)
