"""The base of all screens: one column of text and controls that scrolls as a whole.

It fits any size: breakpoints give it classes (`-narrow`, `-short`), and the focused widget is
scrolled into view together with the widgets that belong to it. `caret` is where the terminal's own
cursor goes: a screen reader or a Braille line follows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size, Spacing
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from typing_extensions import override

from espace_tui.widgets.text import Label
from espace_tui.widgets.ui_text import UiText

R = TypeVar("R")
WIDTHS = [(0, "-narrow"), (60, "-wide")]
HEIGHTS = [(0, "-short"), (20, "-tall"), (22, "-roomy"), (32, "-high")]
"""The number of columns, or of lines, from which a page has a class."""


class Page(Screen[R]):
    """A screen whose focused widget is always in view, with the terminal's cursor on it."""

    ui: UiText
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """What has the focus; it and what lost it draw themselves, the page need not."""
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
        Binding("pageup", "scroll_page(-1)", show=False),
        Binding("pagedown", "scroll_page(1)", show=False),
    ]
    DEFAULT_CSS = """
    Page {
        background: $background; color: $foreground; overflow-x: hidden; overflow-y: auto;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable; padding: 0 1;
        &:ansi { background: ansi_default; color: ansi_default; }
        & > .status, & > .hint-bar {
            dock: bottom; margin-bottom: 1; width: 100%;
            background: $background; text-style: bold;
        }
        TextRow > CardPicture, QrCode { display: none; }
        &.-roomy QrCode, &.-high QrCode { display: block; }
        &.-narrow { BusyNotice { layout: vertical; } QrCode { display: none; } }
        &.-high { TextRow > CardPicture { display: block; } }
        &.-short {
            StepHeader { dock: none; border-bottom: none; }
            FieldRow { margin-bottom: 0; }
            FieldRow.-wrong > .hint { display: none; }
            TextInput {
                height: 1; border: none; border-left: solid $edge; border-right: solid $edge;
                &:focus { border-left: outer $focus; border-right: outer $focus; }
            }
            TextRow > Horizontal > .prefix { height: 1; padding: 0 1 0 0; }
            TextRow > Horizontal > .counter { height: 1; padding: 0 0 0 1; }
        }
    }
    """

    @property
    def caret(self) -> Offset:
        """Where the terminal's cursor goes; it stays until the focused widget is in view."""
        if focused := self.focused:
            caret = _caret_of(focused)
            if self.app.size.region.contains_point(caret) and not self._is_out_of_view(
                focused, caret
            ):
                self._caret = caret
        return self._caret

    def _is_out_of_view(self, focused: Widget, caret: Offset) -> bool:
        """Return whether the page was scrolled so far that the focused widget cannot be seen."""
        part = next((node for node in focused.ancestors_with_self if node.parent is self), None)
        moves = isinstance(part, Widget) and part.styles.dock == "none"
        return moves and not self.viewport.contains_point(caret)

    @property
    def viewport(self) -> Region:
        """The part of the screen that scrolls: between what is docked at the top and bottom."""
        moving = (child for child in self.children if child.styles.dock == "none")
        gutter = next((child.dock_gutter for child in moving), Spacing())
        return self.scrollable_content_region.shrink(gutter)

    @override
    def update_node_styles(self, animate: bool = True) -> None:
        """Style again, except when first shown: mounting has just styled everything."""
        if self._styled_once:
            super().update_node_styles(animate)
        self._styled_once = True

    def set_size_classes(self, size: Size) -> None:
        """Set the classes of a size before the screen is shown, so that it is styled once."""
        for names, cells in (
            (self.HORIZONTAL_BREAKPOINTS, size.width),
            (self.VERTICAL_BREAKPOINTS, size.height),
        ):
            fitting = [name for least, name in names or () if least <= cells]
            self.add_class(fitting[-1], update=False)

    @override
    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Leave out Textual's tooltips and toasts: nothing shown here disappears by itself."""

    @property
    @override
    def focus_chain(self) -> list[Widget]:
        """What Tab goes through, in reading order; Textual goes by the position on the screen."""
        order = {widget: index for index, widget in enumerate(self.walk_children())}
        return sorted(super().focus_chain, key=order.__getitem__)

    def intercept_key(self, event: events.Key | events.Paste) -> bool:
        """See a key before the focused widget does; return whether that widget may have it."""
        if self._focus_is_out_of_view() and getattr(event, "key", "") not in {"pageup", "pagedown"}:
            self.show_focused()
        if self._hint is not None:
            self._hint.remove()
            self._hint = None
        return True

    def show_hint(self, text: str) -> None:
        """Show why a key does nothing here, until the next key."""
        self._hint = Label(text, "hint-bar")
        self.mount(self._hint)

    @override
    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        super().set_focus(widget, scroll_visible=False, from_app_focus=from_app_focus)
        if scroll_visible and widget:
            if widget.region:  # at once if its region is known; again once the layout has settled
                self.show_focused()
            self.call_after_refresh(self.show_focused)

    def show_focused(self) -> None:
        """Scroll to the focused widget, with its whole row where that fits."""
        focused = self.focused
        if focused is None or not focused.is_attached or self._is_being_read(focused):
            return
        for part in (*self.related_widgets(focused), focused):
            self.scroll_to_widget(part, animate=False, immediate=True)

    def _is_being_read(self, focused: Widget) -> bool:
        """Return whether it is longer than the screen and in view: its own keys scroll it."""
        window = self.viewport
        return focused.region.height >= window.height and focused.region.overlaps(window)

    def related_widgets(self, _focused: Widget) -> Iterable[Widget]:
        """Return the widgets to be seen with the focused one, the least important first."""
        return ()

    async def redraw(self) -> None:
        """Draw everything again, in the current language."""
        await self.recompose()
        self.focus_initial()

    def focus_initial(self) -> None:
        """Focus the widget that the person needs first."""

    def action_scroll_page(self, pages: int) -> None:
        """Scroll by pages; the terminal's cursor follows to where reading continues."""
        self.scroll_relative(y=pages * max(self.viewport.height - 1, 1), animate=False)
        self.call_after_refresh(self._move_caret_to_viewport)

    def _move_caret_to_viewport(self) -> None:
        """If the focused widget went out of view, put the cursor at the top of what is seen."""
        if self._focus_is_out_of_view():
            self._caret = self.viewport.offset
            self.refresh()

    def _focus_is_out_of_view(self) -> bool:
        focused = self.focused
        return focused is not None and self._is_out_of_view(focused, _caret_of(focused))

    def on_resize(self) -> None:
        """Keep the focused widget in view while the size changes."""
        self.call_after_refresh(self.show_focused)


def _caret_of(focused: Widget) -> Offset:
    caret: Offset = getattr(focused, "caret", focused.content_region.offset)
    return caret
