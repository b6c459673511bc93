"""The terminal's cursor is where one reads: on what has the focus, or where one turned to."""

from __future__ import annotations

import pytest

from tests.app.harness import open_app
from tests.app.scenes import TO_CREDENTIALS
from tests.walks.script import TO_REVIEW


@pytest.mark.parametrize("size", [(40, 12), (60, 20)])
async def test_turning_the_page_takes_the_cursor_along_and_typing_brings_it_back(
    size: tuple[int, int],
) -> None:
    async with open_app(TO_CREDENTIALS, size=size) as hands:
        await hands.type("a")
        entry, page = hands.app.step_screen.rows["identifier"].control, hands.app.step_screen
        await hands.press(*["pagedown"] * 3)
        await hands.settle()
        assert hands.app.cursor_position == page.viewport.offset
        await hands.type("b")
        await hands.settle()
        assert hands.app.step_screen.rows["identifier"].text == "ab"
        assert entry.region.contains_point(hands.app.cursor_position)
        assert page.viewport.contains_point(hands.app.cursor_position)


async def test_the_cursor_stays_on_a_button_that_is_still_seen() -> None:
    async with open_app(TO_REVIEW) as hands:
        await hands.press("f6", "pagedown")
        assert hands.app.focused is not None
        assert hands.app.focused.region.contains_point(hands.app.cursor_position)
