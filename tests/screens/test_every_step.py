"""Every step, at every size, in both languages: nothing is cut, nothing sticks out or touches.

The rendered cells of each widget are walked, whether they are scrolled into view or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from textual.geometry import Region
from textual.widget import Widget

from espace_tui.app import EspaceApp
from espace_tui.i18n import LANGUAGES
from espace_tui.widgets.button import ButtonBar
from espace_tui.widgets.page import Page
from tests.app.harness import cells
from tests.screens.every_step import STEPS, open_album
from tests.walks.full_screen import plain

pytestmark = pytest.mark.no_cover  # other tests meet these lines: unmeasured, it is twice as quick

SIZES = ((40, 12), (80, 24), (120, 40))


def leaves(page: Page[None]) -> Iterator[Widget]:
    """Yield what is drawn: the widgets that hold no others."""
    for widget in page.walk_children(Widget):
        if widget.region and not any(child.display for child in widget.children):
            yield widget


def lines_of(widget: Widget) -> list[str]:
    """Return the rendered cells of a widget, line by line."""
    return [strip.text for strip in widget.render_lines(Region(0, 0, *widget.outer_size))]


def cut_words(widget: Widget) -> Iterator[str]:
    """Yield the words that are on none of the lines, though a line has room for them."""
    lines = lines_of(widget)
    for word in plain(widget).split():
        if len(word) <= widget.content_size.width and not any(word in line for line in lines):
            yield word


def faults(page: Page[None], drawn: list[Widget]) -> Iterator[str]:
    """Yield what sticks out, is cut, or touches its neighbour."""
    for widget in drawn:
        inside = page.body in widget.ancestors
        room = page.viewport if inside else page.region
        if widget.region.x < room.x or widget.region.right > room.right:
            yield f"{widget!r} sticks out: {widget.region} in {room}"
        yield from (f"{widget!r} cuts {word!r}" for word in cut_words(widget))
    for bar in page.query(ButtonBar):
        for one, other in pairwise(button.region for button in bar.children if button.region):
            if one.y == other.y and one.right >= other.x:
                yield f"{one} touches {other}"


def raw(page_cells: str) -> list[str]:
    """Return the lines that show a placeholder, or the name of a text."""
    return [line for line in page_cells.split("\n") if "{" in line or "}" in line]


def look_at(app: EspaceApp) -> Iterator[str]:
    """Yield what is wrong with the screen of a step."""
    drawn = [*leaves(app.step_screen)]
    yield from faults(app.step_screen, drawn)
    yield from raw("\n".join(line for widget in drawn for line in lines_of(widget)))
    yield from raw(cells(app))


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_nothing_is_cut_nor_sticks_out(language: str, size: tuple[int, int]) -> None:
    found = []
    async with open_album(size, language) as album:
        for step in STEPS:
            await album.turn_to(step)
            assert album.app.step_screen.step_name == step
            found += [f"{step}: {fault}" for fault in look_at(album.app)]
    assert not found, "\n".join(found)
