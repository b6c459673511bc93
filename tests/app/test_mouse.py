"""The mouse is never needed, and does what the keys do."""

from __future__ import annotations

from espace_tui.widgets.choice_row import Option
from espace_tui.widgets.key_bar import Chips
from espace_tui.widgets.tick_row import Box
from tests.app.places import TO_CARD, TO_DECISION
from tests.app.stage import stage


async def test_options_boxes_and_buttons_can_be_clicked() -> None:
    async with stage(TO_DECISION) as hands:
        await hands.pilot.click(Option)
        await hands.pilot.click(Box)
        rows = hands.app.step.rows
        assert (rows["choice"].text, rows["terms"].text) == ("activate", "yes")
        await hands.pilot.click("Actions Press")
        await hands.settle()
        assert hands.app.wizard.place == "contacts"


async def test_the_keys_of_the_last_line_can_be_clicked() -> None:
    async with stage(TO_CARD) as hands:
        at = hands.app.screen.query_one(Chips).render().plain.index("F1 ")
        await hands.pilot.click(Chips, offset=(at, 0))
        await hands.settle()
        assert hands.words().startswith("Aide")


async def test_the_caret_goes_where_one_clicks() -> None:
    async with stage(TO_CARD) as hands:
        await hands.press("1", "tab")
        await hands.type("12345678901")
        line = hands.app.step.rows["serial"].entry
        await hands.pilot.click(line, offset=(2 + 4, 1))
        await hands.type("x")
        assert hands.app.step.rows["serial"].text == "1234x5678901"


async def test_a_click_comes_back_from_the_hidden_screen() -> None:
    async with stage(TO_CARD) as hands:
        await hands.press("f9")
        await hands.pilot.click()
        assert "Étape 2 sur 6" in hands.words()
