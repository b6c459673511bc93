"""A whole screen of text and entries, one column, scrolled as one; the base of all screens.

It fits any size: two breakpoints give it classes (`-narrow`, `-short`), and what has the focus is
scrolled into view together with what belongs to it. `caret` is where the terminal's cursor goes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size, Spacing
from textual.screen import Screen
from textual.widget import Widget
from typing_extensions import override

from espace_tui.widgets.text import Label
from espace_tui.widgets.ui_text import UiText

R = TypeVar("R")
WIDTHS = [(0, "-narrow"), (60, "-wide")]
HEIGHTS = [(0, "-short"), (20, "-tall"), (32, "-high")]
"""From how many columns and lines on a page has each class."""


class Page(Screen[R]):
    """A screen whose focus is always seen, with the terminal's cursor on it."""

    ui: UiText
    _styled_once = False
    _caret = Offset(0, 0)
    _hint: Label | None = None

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "app.focus_next", priority=True, show=False),
        Binding("shift+tab", "app.focus_previous", priority=True, show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("pageup", "turn(-1)", show=False),
        Binding("pagedown", "turn(1)", show=False),
    ]
    DEFAULT_CSS = """
    Page {
        background: $background; color: $foreground; overflow-x: hidden; overflow-y: auto;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable; padding: 0 1;
        &:ansi { background: ansi_default; color: ansi_default; }
        & > .told, & > .aside {
            dock: bottom; margin-bottom: 1; width: 100%;
            background: $background; text-style: bold;
        }
        TextRow > CardPicture { display: none; }
        &.-narrow { BusyNotice { layout: vertical; } }
        &.-high { TextRow > CardPicture { display: block; } }
        &.-short {
            StepHeader { dock: none; border-bottom: none; }
            FieldRow { margin-bottom: 0; }
            FieldRow.-wrong > .hint { display: none; }
            TextInput {
                height: 1; border: none; border-left: outer $edge; border-right: outer $edge;
                &:focus { border-left: outer $focus; border-right: outer $focus; }
            }
            TextRow > Horizontal > .prefix { height: 1; padding: 0 1 0 0; }
            TextRow > Horizontal > .counter { height: 1; padding: 0 0 0 1; }
        }
    }
    """

    @property
    def caret(self) -> Offset:
        """Where the terminal's cursor goes; where it was, until the focused thing is in view."""
        if focused := self.focused:
            caret = _caret_of(focused)
            if self.app.size.region.contains_point(caret) and not self._is_out_of_view(
                focused, caret
            ):
                self._caret = caret
        return self._caret

    def _is_out_of_view(self, focused: Widget, caret: Offset) -> bool:
        """Tell whether the page was scrolled so far that what has the focus is out of sight."""
        part = next((each for each in focused.ancestors_with_self if each.parent is self), None)
        moves = isinstance(part, Widget) and part.styles.dock == "none"
        return moves and not self.viewport.contains_point(caret)

    @property
    def viewport(self) -> Region:
        """Where the page is seen: between what stays at the top and at the bottom."""
        moving = (child for child in self.children if child.styles.dock == "none")
        gutter = next((child.dock_gutter for child in moving), Spacing())
        return self.scrollable_content_region.shrink(gutter)

    @override
    def update_node_styles(self, animate: bool = True) -> None:
        """Style again, but not on the first showing: everything was just styled by its mounting."""
        if self._styled_once:
            super().update_node_styles(animate)
        self._styled_once = True

    def set_size_classes(self, size: Size) -> None:
        """Take the classes of a size before being shown, so that it is styled once."""
        for names, cells in (
            (self.HORIZONTAL_BREAKPOINTS, size.width),
            (self.VERTICAL_BREAKPOINTS, size.height),
        ):
            fitting = [name for least, name in names or () if least <= cells]
            self.add_class(fitting[-1], update=False)

    @override
    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Add none of Textual's tooltips and toasts: what is needed stays on the page."""

    @property
    @override
    def focus_chain(self) -> list[Widget]:
        """What Tab goes through, in reading order (Textual's own follows the places seen)."""
        order = {widget: index for index, widget in enumerate(self.walk_children())}
        return sorted(super().focus_chain, key=order.__getitem__)

    def intercept_key(self, event: events.Key | events.Paste) -> bool:
        """Look at what is typed before the focused widget does; tell whether it may have it."""
        if self._focus_is_out_of_view() and getattr(event, "key", "") not in {"pageup", "pagedown"}:
            self.show_focused()
        if self._hint is not None:
            self._hint.remove()
            self._hint = None
        return True

    def show_hint(self, text: str) -> None:
        """Say why a key does nothing here, until the next key."""
        self._hint = Label(text, "aside")
        self.mount(self._hint)

    @override
    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        super().set_focus(widget, scroll_visible=False, from_app_focus=from_app_focus)
        if scroll_visible and widget:
            if widget.region:  # before it is painted, if its place is known; after, whatever moved
                self.show_focused()
            self.call_after_refresh(self.show_focused)

    def show_focused(self) -> None:
        """Scroll to what has the focus: its whole row where that fits, the entry itself always."""
        focused = self.focused
        if focused is None or not focused.is_attached or self._is_being_read(focused):
            return
        for part in (*self.related_widgets(focused), focused):
            self.scroll_to_widget(part, animate=False, immediate=True)

    def _is_being_read(self, focused: Widget) -> bool:
        """Tell whether it is longer than the screen, and seen: it is scrolled by its own keys."""
        window = self.viewport
        return focused.region.height >= window.height and focused.region.overlaps(window)

    def related_widgets(self, _focused: Widget) -> Iterable[Widget]:
        """Return what should be seen together with the focused widget, the least needed first."""
        return ()

    async def redraw(self) -> None:
        """Draw everything again, in the present language."""
        await self.recompose()
        self.focus_initial()

    def focus_initial(self) -> None:
        """Put the focus where the person should be."""

    def action_turn(self, pages: int) -> None:
        """Scroll by one page; what is read from there is followed by the terminal's cursor."""
        self.scroll_relative(y=pages * max(self.viewport.height - 1, 1), animate=False)
        self.call_after_refresh(self._move_caret_to_viewport)

    def _move_caret_to_viewport(self) -> None:
        """Where what has the focus was left behind, put the cursor where reading goes on."""
        if self._focus_is_out_of_view():
            self._caret = self.viewport.offset
            self.refresh()

    def _focus_is_out_of_view(self) -> bool:
        focused = self.focused
        return focused is not None and self._is_out_of_view(focused, _caret_of(focused))

    def on_resize(self) -> None:
        """Keep what has the focus in view while the size changes."""
        self.call_after_refresh(self.show_focused)


def _caret_of(focused: Widget) -> Offset:
    caret: Offset = getattr(focused, "caret", focused.content_region.offset)
    return caret
