"""Help answers first; how to go on otherwise comes after."""

from __future__ import annotations

from tests.app.harness import open_app
from tests.walks.script import TO_IDENTIFICATION


async def test_the_answer_comes_before_the_other_mode() -> None:
    async with open_app(TO_IDENTIFICATION) as hands:
        await hands.press("f1")
        words = hands.words()
        assert 0 < words.index("message") < words.index("ligne à ligne")


async def test_where_nothing_is_asked_it_says_how_to_reach_the_buttons() -> None:
    async with open_app() as hands:
        await hands.press("f1")
        words = hands.words()
        assert 0 < words.index("Tab passe") < words.index("ligne à ligne")
        assert "F10 : le premier bouton" in words.replace("\xa0", " ")


async def test_where_the_number_of_the_person_stands_is_drawn() -> None:
    async with open_app(TO_IDENTIFICATION) as hands:
        await hands.do(("screen", "help_field", ("nir",)))
        assert "sous votre nom" in hands.words()
