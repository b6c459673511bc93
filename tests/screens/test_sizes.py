"""From 40 × 12 to any size, and while the size changes: nothing needed is cut, nothing is lost."""

from __future__ import annotations

from functools import partial

import pytest
from textual.app import App
from textual.geometry import Region
from textual.widget import Widget

from espace_tui.widgets.fields.text_input import TextInput
from espace_tui.widgets.flow import Beside, Columns
from espace_tui.widgets.page import SIZE_CSS, PageBody
from tests.app.harness import cells, open_app
from tests.app.scenes import TO_CARD, TO_CREDENTIALS, WRONG
from tests.walks.script import TO_IDENTIFICATION, TO_MESSAGE, TO_REVIEW, Move

pytestmark = pytest.mark.no_cover  # other tests meet these lines: unmeasured, it is twice as quick

SMALL = (40, 12)


def seen(widget: Widget) -> bool:
    """Whether the whole of a widget is on the screen, above the last line."""
    window = Region(0, 0, *widget.app.size).shrink((0, 0, 1, 0))
    return window.contains_region(widget.region)


def laid_out(screen: Widget) -> list[tuple[type[Widget], Region]]:
    """Where each widget that is shown stands in the one that holds it."""
    return [
        (type(each), each.virtual_region)
        for each in screen.walk_children(Widget)
        if each.is_on_screen or each.virtual_region
    ]


def forget_other_sizes(app: App[str]) -> None:
    """Have only the styles of the size that is shown, as before the others are read ahead."""
    sources = app.stylesheet.source
    for place in [place for place in sources if place[1] in SIZE_CSS.keys() - app.screen.classes]:
        del sources[place]
    app.stylesheet.reparse()


async def test_the_wrong_field_its_label_and_its_error_are_seen_together() -> None:
    async with open_app((*TO_IDENTIFICATION, *WRONG), size=SMALL) as hands:
        row = hands.app.step_screen.rows["code"]
        assert hands.app.focused is row.control
        assert seen(row.control)
        assert seen(row.children[0])
        assert seen(row.messages)


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (120, 40), (200, 60)])
async def test_the_focused_field_is_seen_whatever_the_size(size: tuple[int, int]) -> None:
    async with open_app(TO_CREDENTIALS, size=size) as hands:
        for name in ("identifier", "password", "confirmation"):
            control = hands.app.step_screen.rows[name].control
            await hands.reach(partial(_has_focus, control), name)
            assert seen(control), name


def _has_focus(widget: Widget) -> bool:
    return widget.has_focus


async def test_nothing_is_lost_while_the_size_changes() -> None:
    async with open_app(TO_IDENTIFICATION) as hands:
        await hands.press("tab")
        await hands.type("2 84 05")
        for size in ((40, 12), (20, 6), (300, 90), (1, 1), (60, 20)):
            await hands.pilot.resize_terminal(*size)
            await hands.calm()
        row = hands.app.step_screen.rows["nir"]
        assert row.text == "2 84 05"
        assert hands.app.focused is row.control
        assert seen(row.control)


@pytest.mark.parametrize(
    ("first", "then"), [((120, 40), SMALL), ((80, 24), (120, 40)), (SMALL, (80, 24))]
)
async def test_a_screen_that_changes_its_size_looks_as_if_it_had_begun_so(
    first: tuple[int, int], then: tuple[int, int]
) -> None:
    async with open_app(TO_CREDENTIALS, size=then) as hands:
        begun = laid_out(hands.app.screen)
    async with open_app(TO_CREDENTIALS, size=first) as hands:
        forget_other_sizes(hands.app)
        await hands.pilot.resize_terminal(*then)
        await hands.calm()
        assert laid_out(hands.app.screen) == begun


async def test_a_narrow_screen_has_no_margin_however_tall_it_is() -> None:
    for height in (12, 24, 40):
        async with open_app(TO_CREDENTIALS, size=(40, height)) as hands:
            assert hands.app.step_screen.rows["identifier"].region.x == 0


async def test_a_panel_is_made_when_there_is_room_for_it_and_then_stays() -> None:
    async with open_app(TO_IDENTIFICATION) as hands:
        panels = []
        for width in (80, 120, 80, 120):
            await hands.pilot.resize_terminal(width, 40)
            await hands.calm()
            found = hands.app.screen.query(Beside)
            panels.append((len(found), all(panel.display for panel in found)))
        assert panels == [(0, True), (1, True), (1, False), (1, True)]


async def test_a_move_of_the_focus_out_of_view_shows_what_follows() -> None:
    async with open_app(TO_IDENTIFICATION) as hands:
        offsets = []
        for _ in range(6):
            await hands.press("tab")
            await hands.calm()
            offsets.append(hands.app.step_screen.body.scroll_offset.y)
        assert len(set(offsets)) == 2  # scrolled once


async def test_the_app_begins_with_its_step_over_no_empty_screen() -> None:
    async with open_app() as hands:
        for key in ("", "f10"):
            if key:
                await hands.press(key)
            await hands.calm()
            assert hands.app.screen_stack == [hands.app.step_screen]
            assert hands.app.step_screen.step_name == hands.app.wizard.step_name


async def test_one_column() -> None:
    """No two fields stand side by side, whatever the width."""
    async with open_app(TO_CREDENTIALS, size=(200, 60)) as hands:
        lines = [line.region for line in hands.app.screen.query(TextInput)]
        assert len({region.x for region in lines}) == 1
        assert len({region.y for region in lines}) == len(lines)


async def test_the_focus_is_a_shape_on_a_short_screen_too() -> None:
    async with open_app(TO_IDENTIFICATION, size=(40, 12), theme="terminal") as hands:
        control = hands.app.step_screen.rows["code"].control

        def sides() -> set[str]:
            line = cells(hands.app).split("\n")[control.region.y]
            return {line[control.region.x], line[control.region.right - 1]}

        await hands.reach(lambda: hands.app.focused is control, "code")
        here = sides()
        await hands.press("tab")
        assert hands.app.focused is not control
        assert not here & sides()


@pytest.mark.parametrize("moves", [TO_MESSAGE, TO_IDENTIFICATION, TO_REVIEW])
async def test_a_page_that_opens_is_not_scrolled_to_its_end_and_back(
    moves: tuple[Move, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    scrolled: list[float] = []
    watch = PageBody.watch_scroll_y

    def note(body: PageBody, old_value: float, new_value: float) -> None:
        scrolled.append(new_value)
        watch(body, old_value, new_value)

    monkeypatch.setattr(PageBody, "watch_scroll_y", note)
    async with open_app(moves, size=(40, 12)) as hands:
        await hands.settle()
        assert scrolled == []
        assert hands.app.focused is hands.app.screen.focus_chain[0]


@pytest.mark.parametrize("size", [(40, 40), (60, 40), (80, 34), (200, 60)])
async def test_the_column_stands_where_it_did_when_the_page_begins_to_scroll(
    size: tuple[int, int],
) -> None:
    """Beside the scroll bar nothing is read from another place, or wrapped and measured again."""
    stands = {False: set[tuple[int, int]](), True: set[tuple[int, int]]()}
    for moves in (TO_MESSAGE, TO_IDENTIFICATION, TO_CREDENTIALS, TO_CARD):
        async with open_app(moves, size=size) as hands:
            column = hands.app.screen.query_one(Columns).region
            stands[hands.app.step_screen.body.show_vertical_scrollbar].add((column.x, column.width))
    assert all(stands.values())
    assert len(stands[True] | stands[False]) == 1
