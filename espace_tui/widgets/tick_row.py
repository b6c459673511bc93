"""A box to tick: `[ ]` or `[x]`, with its sentence; never ticked beforehand."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget
from typing_extensions import override

from espace_tui.form import YES, Field, ticked
from espace_tui.widgets.face import Face
from espace_tui.widgets.row import Row
from espace_tui.widgets.words import Hung


class Box(Hung, can_focus=True):
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
        super().__init__(self._item())

    def _item(self, here: str = " ") -> tuple[str, str]:
        return f"{here} [{'x' if self.ticked else ' '}] ", self.label

    @property
    def caret(self) -> Offset:
        """Where the terminal's cursor goes: inside the box."""
        return self.content_region.offset + Offset(3, 0)

    @override
    def watch_has_focus(self, _has_focus: bool) -> None:
        super().watch_has_focus(_has_focus)
        self._draw()

    def _draw(self) -> None:
        self.hang(self._item(">" if self.has_focus else " "))

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

    @property
    @override
    def text(self) -> str:
        return YES if self.box.ticked else ""

    @override
    def compose(self) -> ComposeResult:
        yield self.box
        yield from list(self.heading())[1:]
        yield self.remarks

    def on_box_toggled(self, event: Box.Toggled) -> None:
        """Tell what the box holds."""
        event.stop()
        self.post_message(self.Typed(self))
