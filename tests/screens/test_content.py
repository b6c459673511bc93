"""A page longer than the screen is read from its beginning, with the keyboard."""

from __future__ import annotations

import pytest

from espace_tui.model.values import Channel
from espace_tui.widgets.button import TextButton
from espace_tui.widgets.content import PageContent
from espace_tui.widgets.panel import BoxedCode
from tests.app.harness import cells, open_app
from tests.walks.full_screen import Hands, plain
from tests.walks.script import (
    ACTIVATE,
    IDENTIFIER,
    PASSWORD,
    TO_MESSAGE,
    TO_REVIEW,
    TO_SPACE,
    Do,
    Fill,
    provisional_code,
)

SMALL = (40, 12)
TO_SIGN_IN = (*ACTIVATE, Do("sign_in"))
BY_SMS = (
    Fill("identifier", IDENTIFIER),
    Fill("password", PASSWORD),
    Fill("channel", Channel.SMS),
    Do(),
)


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


@pytest.mark.parametrize(
    ("language", "said"), [("fr", "Entrée Lire la suite"), ("en", "Enter Read on")]
)
async def test_the_last_line_says_that_enter_reads_on(language: str, said: str) -> None:
    async with open_app(TO_MESSAGE, size=SMALL, language=language) as hands:

        def last_line() -> str:
            return cells(hands.app).split("\n")[-1]

        while is_reading(hands) and not the_end_is_seen(hands):
            assert last_line().startswith(said)
            await hands.press("enter")
        assert said not in last_line()
        await hands.press("pageup", "up")
        assert last_line().startswith(said)
        await hands.press("tab")
        assert said not in last_line()


def the_end_is_seen(hands: Hands) -> bool:
    page = hands.app.step_screen
    return page.query_one(PageContent).region.bottom <= page.viewport.bottom


async def test_the_code_of_a_message_is_boxed_in_groups() -> None:
    async with open_app(TO_MESSAGE, size=(80, 40)) as hands:
        (box,) = hands.app.screen.query(BoxedCode).results(BoxedCode)
        code = provisional_code(hands.app.wizard.session.inbox)
        assert plain(box) == f"{code[:4]} {code[4:8]} {code[8:]}"
        assert box.region.height == 3


async def test_a_text_message_has_the_number_it_came_to_and_no_subject() -> None:
    async with open_app((*TO_SIGN_IN, *BY_SMS, Do("messages"))) as hands:
        words = hands.words().replace("\u00a0", " ")
        assert "SMS reçu au 06 39 98 12 34" in words
        assert "+33" not in words
        assert "Objet" not in words.partition("SMS reçu")[2].partition("Message 2")[0]
