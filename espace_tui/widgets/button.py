"""A button: the main one is filled, others `[ Retour ]`, links underlined; a bar of them.

With the focus it reads `> Continuer <`, and a link `>Aide<`, which touches no neighbour. Pressing
it runs an action of Textual: the app runs it when Enter is pressed, so that keys typed ahead wait
for it, or the button when it is clicked.
"""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from typing_extensions import override

from espace_tui.widgets.flow import FlowBox
from espace_tui.widgets.text import HangingLabel, HangingText, styled


class ButtonBar(FlowBox):
    """Buttons, the main one first: side by side where they fit, on more rows where they do not."""

    def __init__(self, *buttons: TextButton, classes: str = "") -> None:
        super().__init__(*buttons, classes=classes)


MARKS = {
    ("-main", False): ("   ", "   "),
    ("-main", True): (" > ", " < "),
    ("-plain", False): ("[ ", " ]"),
    ("-plain", True): ("> ", " <"),
    ("-link", True): (">", "<"),
}
"""What stands around a label, by its kind and whether it has the focus: always as wide."""
ActionName = str | tuple[str, str, tuple[object, ...]]
"""An action of Textual: « screen.submit('continue') », or its target, name and values."""


class TextButton(HangingLabel, can_focus=True):
    """A button; `quiet` draws it as a link, `main` as what one most likely came for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "app.focus_previous", show=False),
        Binding("right", "app.focus_next", show=False),
    ]
    DEFAULT_CSS = """
    TextButton {
        width: auto; max-width: 100%; height: auto; color: $foreground; margin-right: 2;
        &:focus { background: $focus; color: $on-focus; text-style: $focus-style; }
        &.-link { margin-right: 1; }
        &.-main, &.-main:focus {
            background: $accent; color: $on-accent; text-style: $fill-style;
        }
    }
    """

    def __init__(
        self,
        label: str,
        action: ActionName,
        *,
        quiet: bool = False,
        main: bool = False,
        at_right: bool = False,
    ) -> None:
        self.label = label
        self.at_right = at_right
        """Whether its last letter stands at the edge: a link's marks take their room before it."""
        self.enter_action = action
        self.kind = "-main" if main else "-link" if quiet else "-plain"
        super().__init__(text=self._text(focused=False), classes=self.kind)

    def _text(self, *, focused: bool) -> HangingText:
        """Return the label between its marks: the focus is a shape, not only colours."""
        if self.kind == "-link" and not focused:
            if self.at_right:
                return HangingText(("  ", self.label), style="underline")
            return HangingText(("", self.label), style="underline", spare=2)
        marks = MARKS[self.kind, focused]
        if self.kind == "-main" and focused and self.screen.has_class("-h40"):
            marks = MARKS["-plain", True]  # the frame inside the fill takes the rest
        left, right = marks
        colour = "" if focused else "$muted"
        return HangingText((styled((left, colour)), styled(self.label, (right, colour))))

    def rename(self, label: str) -> None:
        """Say what it now does."""
        self.label = label
        self.update(self._text(focused=self.has_focus))

    @property
    def caret(self) -> Offset:
        """Where the terminal's cursor goes: on the first letter of the label."""
        left, _ = MARKS[self.kind, True]
        return self.content_region.offset + Offset(len(left), 0)

    @override
    def watch_has_focus(self, _has_focus: bool) -> None:
        super().watch_has_focus(_has_focus)
        self.show(self._text(focused=_has_focus))

    def on_resize(self) -> None:
        """Draw the label for the room there is now."""
        self.show(self._text(focused=self.has_focus))

    def on_click(self, event: events.Click) -> None:
        """Do the same as Enter."""
        event.stop()
        self.focus()
        self.app.call_later(self.app.run_action, self.enter_action, self)
