"""The base of all screens: a header that stays, a column that scrolls, the keys below.

It fits any size: breakpoints give it classes for its width and for its height, each apart, and the
focused widget is scrolled into view together with the widgets that belong to it. `caret` is where
the terminal's own cursor goes: a screen reader or a Braille line follows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import ClassVar, Self, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.css.stylesheet import Stylesheet
from textual.geometry import Offset, Region, Size
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from typing_extensions import override

from espace_tui.widgets.flow import Beside, Columns, MainColumn, Placed, Stack
from espace_tui.widgets.text import Label
from espace_tui.widgets.ui_text import UiText

R = TypeVar("R")
WITH_PANELS = 110
"""The number of columns from which panels stand beside the column."""
WITH_SMALL = 72
"""The number of columns from which a small drawing does."""
WIDTHS = [(0, "-w40"), (72, "-w80"), (100, "-w100"), (WITH_PANELS, "-w110")]
HEIGHTS = [(0, "-h12"), (20, "-h24"), (34, "-h40")]
"""The number of columns, or of lines, from which a page has a class."""


SIZE_CSS = {
    "-h40": """
        QrCode { display: block; }
        NameBar { height: 3; padding: 1 4; }
        StepHeader { padding: 1 4; }
        Columns { padding: 3 3 0 4; }
        KeyBar { height: 2; border-top: inner $surface; }
        FieldRow { margin-bottom: 2; }
        AnswerRow { margin-bottom: 1; }
        Panel.-key FactList > .followed { margin-bottom: 1; }
        TextButton.-main {
            border-top: inner $accent; border-bottom: inner $accent;
            &:focus { border: heavy $on-accent; }
        }
        & > .status, & > .hint-bar { margin-bottom: 2; }
    """,
    "-h24": """
        QrCode { display: block; }
        StepHeader { padding: 1 4 0 4; border-bottom: inner $surface; }
    """,
    "-h12": """
        NameBar, .following, FieldRow.-wrong > Hints { display: none; }
        FieldRow.-too-long > Hints { display: block; }
        TextRow.-at-length {
            margin-bottom: 0;
            TextInput {
                height: 1; border-top: none; border-bottom: none;
                &:focus { border-top: none; border-bottom: none; }
            }
            Row {
                & > .prefix { height: 1; padding: 0 1 0 0; }
                & > .counter { height: 1; padding: 0 0 0 1; }
            }
        }
        Columns { padding: 0 3 0 4; }
    """,
    "-w80": """
        NameBar, KeyBar, BusyNotice { padding: 0 2; }
        Stepper { width: 29; }
        Columns { padding: 1 1 0 2; }
        StepHeader { padding: 0 2; }
        TextRow Row { & > .prefix { padding: 1 1 0 0; } & > .counter { padding: 1 0 0 1; } }
        Beside.-small { display: block; }
        &.-h24 StepHeader { padding: 1 2 0 2; }
        &.-h40 { NameBar, StepHeader { padding: 1 2; } Columns { padding: 2 1 1 2; } }
        &.-h12 { Columns { padding: 0 1 0 2; } Beside.-small { display: none; } }
    """,
    "-w40": """
        QrCode { display: none; }
        NameBar, KeyBar, BusyNotice { padding: 0; }
        StepHeader { padding: 0 1 0 0; & > Row { layout: vertical; } }
        Stepper { width: 35; }
        Columns { padding: 1 1 0 0; }
        &.-h24 StepHeader, &.-h40 StepHeader { padding: 1 1 0 0; }
        &.-h40 NameBar { height: 1; padding: 0; }
        &.-h12 Columns { padding: 0 1 0 0; }
        BusyNotice { layout: vertical; }
        TextRow Row {
            & > .prefix { padding: 1 1 0 0; }
            & > .counter { padding: 1 0 0 1; }
        }
        RuleList { grid-size: 1; & > .-alone { column-span: 1; } }
        FactList > Row { layout: vertical; & > .fact { width: 100%; } }
        AnswerRow {
            layout: vertical;
            & > .key, & > .value { width: 100%; }
            layers: base over;
            & > TextButton { layer: over; }
        }
    """,
    "-w100": """
        Beside.-small { display: block; } &.-h12 Beside.-small { display: none; }
    """,
    "-w110": """
        Beside { display: block; }
        .without-panel, Beside.-small { display: none; }
        &.-h40 { .unless-drawn { display: none; } .drawn { display: block; } }
    """,
}
"""What a page of a size looks like besides: read when there is one."""


def add_size_styles(stylesheet: Stylesheet, name: str) -> None:
    """Add what a page of a size looks like; among equals, a width has its way over a height."""
    stylesheet.add_source(
        f"Page.{name} {{{SIZE_CSS[name]}}}",
        read_from=(__file__, name),
        is_default_css=True,
        tie_breaker=-8 if name.startswith("-w") else -9,
        scope="Page",
    )


class PageBody(Stack):
    """What scrolls: the column, and what stands beside it; its keys are those of the page.

    The place of its scroll bar is kept, so that nothing moves when it comes: it is a part of the
    space at the right, so that from 72 columns on `Columns` has one less there than at the left.
    """

    DEFAULT_CSS = """
    PageBody {
        height: 1fr; align-horizontal: center; overflow: hidden auto;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
    }
    """

    @override
    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Have all painted again: what is looked up before that may have moved twice."""
        super().watch_scroll_y(old_value, new_value)
        self.call_after_refresh(self.screen.refresh)


class Page(Placed, Screen[R]):
    """A screen whose focused widget is always in view, with the terminal's cursor on it."""

    ui: UiText
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """What has the focus; it and what lost it draw themselves, the page need not."""
    body: PageBody
    """What scrolls; made anew each time the page is drawn."""
    settling = False
    """Whether nothing is drawn: it is being made, and will be drawn once when it has settled."""
    _make_panels: Callable[[], Iterable[Widget]] = tuple
    _make_small: Callable[[], Iterable[Widget]] = tuple
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
        background: $background; color: $foreground; overflow: hidden;
        &:ansi { background: ansi_default; color: ansi_default; }
        & > .status, & > .hint-bar {
            dock: bottom; margin-bottom: 1; width: 100%;
            background: $background; text-style: bold;
        }
        QrCode, .drawn { display: none; }
        NameBar, StepHeader, KeyBar, BusyNotice { padding: 0 4; }
        ButtonBar { margin-bottom: 1; }
        Columns { padding: 1 3 0 4; }
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
        return self.body in focused.ancestors and not self.viewport.contains_point(caret)

    @property
    def viewport(self) -> Region:
        """The part of the screen that scrolls, between the header and the keys."""
        return self.body.scrollable_content_region

    def sheet(
        self,
        *column: Widget,
        beside: Callable[[], Iterable[Widget]] = tuple,
        small: Callable[[], Iterable[Widget]] = tuple,
    ) -> PageBody:
        """Return what scrolls, made of the column and of what stands beside it.

        `beside` makes the panels, when there is room for them, `small` what needs less room.
        """
        self._make_panels, self._make_small = beside, small
        self.body = PageBody(Columns(MainColumn(*column), *self._new_panels()))
        return self.body

    def _new_panels(self) -> list[Beside]:
        """Return the panels where there is room for them, unless they stand already."""
        width = self.app.size.width
        if width < WITH_SMALL:
            return []
        large = width >= WITH_PANELS
        if any(each.has_class("-small") is not large for each in self.query(Beside)):
            return []
        panels = [*(self._make_panels() if large else self._make_small())]
        return [Beside(*panels, classes="" if large else "-small")] if panels else []

    async def renew_panels(self) -> None:
        """Put other panels in the place of those that stand."""
        await self.query(Beside).remove()
        await self.query_one(Columns).mount(*self._new_panels())

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
            self._read_styles(fitting[-1])
            self.add_class(fitting[-1], update=False)

    @override
    def update_classes(
        self, classes: Mapping[str, bool], update: bool = True, animate: bool = True
    ) -> Self:
        self._read_styles(*(name for name, has in classes.items() if has))
        return super().update_classes(classes, update, animate)

    def _read_styles(self, *names: str) -> None:
        for name in SIZE_CSS.keys() & names:
            add_size_styles(self.app.stylesheet, name)

    @override
    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Leave out Textual's tooltips and toasts: nothing shown here disappears by itself."""

    @override
    def _pop_result_callback(self) -> None:
        """Give up waiting for an answer; the screen that the app begins with waits for none."""
        if self._result_callbacks:
            super()._pop_result_callback()

    @override
    def _compositor_refresh(self) -> None:
        """Draw, unless all would be drawn again at once."""
        if not self.settling:
            super()._compositor_refresh()

    def settled(self) -> None:
        """Draw all of it: it is whole, laid out and scrolled."""
        self.settling = False
        self.refresh()

    @property
    @override
    def focus_chain(self) -> list[Widget]:
        """What Tab goes through, in reading order.

        Textual goes by the position on the screen, and lays a new page out once more to know it.
        """
        return [*_focusable(self)]

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
        if scroll_visible and widget and self.body in widget.ancestors:
            if widget.region:  # at once if its region is known; again once the layout has settled
                self.show_focused()
            self.call_after_refresh(self.show_focused)

    def show_focused(self) -> None:
        """Scroll to the focused widget, with its whole row where that fits."""
        focused = self.focused
        if focused is None or not focused.is_attached or self._is_being_read(focused):
            return
        if self.body not in focused.ancestors:
            return
        window, at = self.viewport, focused.region
        if 2 * at.height < window.height and not window.contains_region(at):
            # far enough to see what follows, and not to paint the page again for the next one
            self.body.scroll_to_widget(focused, center=True, animate=False, immediate=True)
        for part in (*self.related_widgets(focused), focused):
            self.body.scroll_to_widget(part, animate=False, immediate=True)

    def _is_being_read(self, focused: Widget) -> bool:
        """Return whether it is longer than the screen and in view: its own keys scroll it."""
        window = self.viewport
        return focused.region.height >= window.height and focused.region.overlaps(window)

    def related_widgets(self, _focused: Widget) -> Iterable[Widget]:
        """Return the widgets to be seen with the focused one, the least important first."""
        return ()

    def tell_more(self, *, more: bool) -> None:
        """Show whether Enter reads on: the text that has the focus goes beyond the screen."""

    async def redraw(self) -> None:
        """Draw everything again, in the current language."""
        await self.recompose()
        self.focus_initial()

    def focus_initial(self) -> None:
        """Focus the widget that the person needs first."""

    def focus_button(self, action: object) -> None:
        """Focus the button of an action again, once the page is drawn anew; if it has one."""
        for button in self.query("TextButton"):
            if getattr(button, "enter_action", "") == action:
                return self.set_focus(button)
        return None

    def action_scroll_page(self, pages: int) -> None:
        """Scroll by pages; the terminal's cursor follows to where reading continues."""
        self.body.scroll_relative(y=pages * max(self.viewport.height - 1, 1), animate=False)
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
        """Keep the focused widget in view while the size changes, and the cursor on it."""
        if panels := self._new_panels():
            self.query_one(Columns).mount(*panels)
        self.call_after_refresh(self.show_focused)
        self.call_after_refresh(self.refresh)  # once it has scrolled: each paint moves the cursor


def _focusable(widget: Widget) -> Iterator[Widget]:
    for child in widget.displayed_children:
        if child.focusable:
            yield child
        if child.allow_focus_children():
            yield from _focusable(child)


def _caret_of(focused: Widget) -> Offset:
    caret: Offset = getattr(focused, "caret", focused.content_region.offset)
    return caret
