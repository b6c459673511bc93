"""A page longer than the screen is read from its beginning, with the keyboard."""

from __future__ import annotations

from espace_tui.widgets.button import TextButton
from espace_tui.widgets.content import PageContent
from tests.app.harness import open_app
from tests.walks.full_screen import Hands
from tests.walks.script import TO_MESSAGE, TO_REVIEW, TO_SPACE, Do

SMALL = (40, 12)


def is_reading(hands: Hands) -> bool:
    return isinstance(hands.app.focused, PageContent)


async def test_it_begins_at_its_beginning() -> None:
    async with open_app(TO_MESSAGE, size=SMALL) as hands:
        assert is_reading(hands)
        assert hands.app.step_screen.body.scroll_offset.y == 0


async def test_arrows_go_line_by_line_and_on_to_what_can_be_done() -> None:
    async with open_app(TO_MESSAGE, size=SMALL) as hands:
        screen = hands.app.step_screen.body
        await hands.press("down", "down", "up")
        assert screen.scroll_offset.y == 1
        while is_reading(hands):
            await hands.press("down")
        assert isinstance(hands.app.focused, TextButton)
        await hands.press("up")
        assert is_reading(hands)


async def test_enter_reads_page_after_page_then_goes_on() -> None:
    async with open_app(TO_MESSAGE, size=SMALL) as hands:
        pages = 0
        while is_reading(hands):
            await hands.press("enter")
            pages += 1
        assert pages > 3
        await hands.press("enter")
        assert hands.app.wizard.step_name == "prerequisites"


async def test_space_held_down_stops_at_the_end() -> None:
    async with open_app(TO_MESSAGE, size=SMALL) as hands:
        await hands.press(*["space"] * 20)
        assert is_reading(hands)
        assert hands.app.wizard.step_name == "message"


async def test_page_keys_scroll_any_page() -> None:
    async with open_app(TO_REVIEW, size=SMALL) as hands:
        await hands.press("pagedown")
        assert hands.app.step_screen.body.scroll_offset.y == 8
        await hands.press("pageup")
        assert hands.app.step_screen.body.scroll_offset.y == 0


async def test_the_answers_of_a_page_are_not_jumped_into_when_it_is_read() -> None:
    async with open_app(TO_REVIEW, size=SMALL) as hands:
        await hands.press("f2")
        while is_reading(hands):
            await hands.press("enter")
        assert isinstance(hands.app.focused, TextButton)
        assert hands.app.focused.enter_action == "screen.reveal"


async def test_several_messages_are_numbered() -> None:
    async with open_app((*TO_SPACE, Do("messages"))) as hands:
        words = hands.words()
        assert words.index("Message 1 sur 3") < words.index("Message 3 sur 3")
