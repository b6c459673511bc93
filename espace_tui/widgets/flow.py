"""How widgets stand: one under another, side by side, or like the words of a paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.containers import Container, Horizontal, Vertical
from textual.geometry import NULL_OFFSET, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.reactive import Reactive
from textual.widget import Widget
from typing_extensions import override


class Placed:
    """What a layout has given its size: Textual would lay the whole page out a second time."""

    virtual_size = Reactive(Size(0, 0))


class Stack(Placed, Vertical):
    """Widgets one under another."""


class Row(Placed, Horizontal):
    """Widgets side by side."""


class Columns(Row):
    """The column, and beside it the panels where there is room."""

    DEFAULT_CSS = """
    Columns { width: 100%; max-width: 119; height: auto; }
    """


class MainColumn(Stack):
    """What there is to read and to answer."""

    DEFAULT_CSS = """
    MainColumn { width: 1fr; max-width: 84; height: auto; }
    """


class Beside(Stack):
    """The panels; where there is no room for them, a key or a button shows the same."""

    DEFAULT_CSS = """
    Beside {
        display: none; width: 46; height: auto; margin-left: 4;
        &.-small { width: 30; margin-left: 1; }
    }
    """


class FlowLayout(Layout):
    """Rows of widgets, each as wide as what it says, with as many on a row as fit there.

    In a row, they stand on one middle line.
    """

    name: ClassVar[str] = "flow"

    @override
    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        parent.pre_layout(self)
        row: list[tuple[Widget, Region]] = []
        placements: list[WidgetPlacement] = []
        top = 0
        for child in children:
            wanted = self._size_of(child, size)
            left = row[-1][1].right + _gap(row[-1][0]) if row else 0
            if row and left + wanted.width > size.width > 0:
                placements += _placed(row)
                top = max(region.bottom + one.styles.margin.bottom for one, region in row)
                row, left = [], 0
            row.append((child, Region(left, top, *wanted)))
        return [*placements, *_placed(row)]

    @staticmethod
    def _size_of(child: Widget, size: Size) -> Size:
        viewport, gutter = child.app.size, child.gutter
        width = child.get_content_width(size, viewport) + gutter.width
        if size.width:
            width = min(width, size.width)
        height = child.get_content_height(size, viewport, max(width - gutter.width, 1))
        return Size(width, height + gutter.height)


def _gap(widget: Widget) -> int:
    return widget.styles.margin.right


def _placed(row: list[tuple[Widget, Region]]) -> Iterable[WidgetPlacement]:
    """Return the places of a row: what is lower than the others stands in the middle."""
    height = max((region.height for _, region in row), default=0)
    for widget, region in row:
        middle = region.translate((0, (height - region.height) // 2))
        yield WidgetPlacement(middle, NULL_OFFSET, widget.styles.margin, widget)


FLOW = FlowLayout()


class FlowBox(Placed, Container):
    """Widgets side by side where they fit, on more rows where they do not."""

    DEFAULT_CSS = """
    FlowBox { height: auto; }
    """

    @property
    @override
    def layout(self) -> Layout:
        return FLOW
