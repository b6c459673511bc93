"""A field answered by a box: `[ ]` or `[x]` before its sentence; never ticked beforehand."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget
from typing_extensions import override

from espace_tui.journey.form import YES, Field, is_checked
from espace_tui.widgets.fields.field_row import FieldRow
from espace_tui.widgets.text import HangingLabel
from espace_tui.widgets.ui_text import UiText


class Checkbox(HangingLabel, can_focus=True):
    """The box and its sentence."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "tick", show=False)]
    DEFAULT_CSS = """
    Checkbox {
        &:focus { background: $focus; color: $on-focus; text-style: $focus-style; }
    }
    """
    enter_action = "tick_or_continue"

    class Changed(Message):
        """The box was ticked or emptied."""

    def __init__(self, label: str, *, checked: bool) -> None:
        self.label = label
        self.checked = checked
        super().__init__(self._item())

    def _item(self, here: str = " ") -> tuple[str, str]:
        return f"{here} [{'x' if self.checked else ' '}] ", self.label

    @property
    def caret(self) -> Offset:
        """Where the terminal's cursor goes: inside the box."""
        return self.content_region.offset + Offset(3, 0)

    @override
    def watch_has_focus(self, _has_focus: bool) -> None:
        super().watch_has_focus(_has_focus)
        self._draw()

    def _draw(self) -> None:
        self.set_items(self._item(">" if self.has_focus else " "))

    def action_tick(self) -> None:
        """Tick the box, or empty it."""
        self.checked = not self.checked
        self._draw()
        self.post_message(self.Changed())

    async def action_tick_or_continue(self) -> None:
        """Tick the box; if it was ticked already, go on as Enter does: it never unticks."""
        if self.checked:
            await self.run_action("screen.enter")
        else:
            self.action_tick()

    def on_click(self, event: events.Click) -> None:
        """Do the same as Space."""
        event.stop()
        self.action_tick()


class CheckboxRow(FieldRow):
    """A box whose sentence is the field's label."""

    def __init__(self, ui: UiText, field: Field, text: str) -> None:
        super().__init__(ui, field, text)
        self.checkbox = Checkbox(ui.texts(field.text_for("label")), checked=is_checked(text))

    @property
    @override
    def control(self) -> Widget:
        return self.checkbox

    @property
    @override
    def text(self) -> str:
        return YES if self.checkbox.checked else ""

    @override
    def compose(self) -> ComposeResult:
        yield self.messages
        yield self.checkbox
        yield from self.hints()

    def on_checkbox_changed(self, event: Checkbox.Changed) -> None:
        """Announce the new answer."""
        event.stop()
        self.post_message(self.Changed(self))
