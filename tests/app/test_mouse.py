"""The mouse is never needed, and does what the keys do."""

from __future__ import annotations

from espace_tui.widgets.fields.checkbox_row import Checkbox
from espace_tui.widgets.fields.radio_row import RadioOption
from espace_tui.widgets.key_bar import KeyBar
from tests.app.harness import open_app
from tests.app.scenes import TO_CARD, TO_DECISION


async def test_options_boxes_and_buttons_can_be_clicked() -> None:
    async with open_app(TO_DECISION) as hands:
        await hands.pilot.click(RadioOption)
        await hands.pilot.click(Checkbox)
        rows = hands.app.step_screen.rows
        assert (rows["choice"].text, rows["terms"].text) == ("activate", "yes")
        await hands.pilot.click("ButtonBar TextButton")
        await hands.settle()
        assert hands.app.wizard.step_name == "contacts"


async def test_the_keys_of_the_last_line_can_be_clicked() -> None:
    async with open_app(TO_CARD) as hands:
        at = hands.app.screen.query_one(KeyBar).render().plain.index("F1 ")
        await hands.pilot.click(KeyBar, offset=(2 + at, 0))
        await hands.settle()
        assert hands.words().startswith("Aide")


async def test_the_caret_goes_where_one_clicks() -> None:
    async with open_app(TO_CARD) as hands:
        await hands.press("1", "tab")
        await hands.type("12345678901")
        line = hands.app.step_screen.rows["serial"].control
        await hands.pilot.click(line, offset=(2 + 4, 1))
        await hands.type("x")
        assert hands.app.step_screen.rows["serial"].text == "1234x5678901"


async def test_a_click_comes_back_from_the_hidden_screen() -> None:
    async with open_app(TO_CARD) as hands:
        await hands.press("f9")
        await hands.pilot.click()
        assert "Étape 2 sur 6" in hands.words()
