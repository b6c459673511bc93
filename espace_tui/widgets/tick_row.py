"""A box to tick: `[ ]` or `[x]`, with its sentence; never ticked beforehand."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget
from textual.widgets._static import Static
from typing_extensions import override

from espace_tui.form import YES, Field, ticked
from espace_tui.widgets.face import Face
from espace_tui.widgets.row import Row


class Box(Static, can_focus=True):
    """The box itself."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "tick", show=False)]
    DEFAULT_CSS = """
    Box {
        &:focus { background: $focus; color: $focus-text; text-style: $focus-style; }
    }
    """
    enter_action = "tick"

    class Toggled(Message):
        """The box was ticked or emptied."""

    def __init__(self, label: str, *, on: bool) -> None:
        self.label = label
        self.ticked = on
        super().__init__(self._words(), markup=False)

    def _words(self, here: str = " ") -> str:
        return f"{here} [{'x' if self.ticked else ' '}] {self.label}"

    @property
    def caret(self) -> Offset:
        """Where the terminal's cursor goes: inside the box."""
        return self.content_region.offset + Offset(3, 0)

    def on_focus(self) -> None:
        """Show the mark of the focus."""
        self._draw()

    def on_blur(self) -> None:
        """Take the mark of the focus away."""
        self._draw()

    def _draw(self) -> None:
        self.update(self._words(">" if self.has_focus else " "), layout=False)

    def action_tick(self) -> None:
        """Tick the box, or empty it."""
        self.ticked = not self.ticked
        self._draw()
        self.post_message(self.Toggled())

    def on_click(self, event: events.Click) -> None:
        """Do the same as Space."""
        event.stop()
        self.action_tick()


class TickRow(Row):
    """A box whose sentence is the field's label."""

    def __init__(self, face: Face, field: Field, text: str) -> None:
        super().__init__(face, field, text)
        self.box = Box(face.texts(field.say("label")), on=ticked(text))

    @property
    @override
    def entry(self) -> Widget:
        return self.box

    @override
    def compose(self) -> ComposeResult:
        yield self.box
        yield from list(self.heading())[1:]
        yield self.remarks

    def on_box_toggled(self, event: Box.Toggled) -> None:
        """Tell what the box holds."""
        event.stop()
        self.text = YES if self.box.ticked else ""
        self.post_message(self.Typed(self, self.text))
