"""Enter never undoes and never goes back by surprise."""

from __future__ import annotations

import pytest
from textual import events

from tests.app.harness import cells, open_app
from tests.app.scenes import TO_DECISION
from tests.walks.script import TO_REVIEW


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
async def test_enter_reads_the_review_then_reaches_its_main_button(size: tuple[int, int]) -> None:
    async with open_app(TO_REVIEW, size=size) as hands:
        steps = {"review"}
        for _ in range(12):
            await hands.press("enter")
            await hands.settle()
            steps.add(hands.app.wizard.step_name)
            if hands.app.wizard.step_name != "review":
                break
        assert steps == {"review", "done"}


async def test_the_first_enter_on_the_review_validates_nothing() -> None:
    async with open_app(TO_REVIEW) as hands:
        await hands.press("enter")
        await hands.settle()
        assert hands.app.wizard.step_name == "review"


async def test_enter_on_a_ticked_box_goes_on_and_space_unticks_it() -> None:
    async with open_app(TO_DECISION) as hands:
        await hands.press("1", "tab", "enter")
        row = hands.app.step_screen.rows["terms"]
        assert row.text == "yes"
        await hands.press("space")
        assert row.text == ""
        await hands.press("enter", "enter")
        await hands.settle()
        assert hands.app.wizard.step_name == "contacts"


async def test_enter_pressed_too_often_does_not_leave_what_must_be_noted() -> None:
    async with open_app(TO_REVIEW) as hands:
        for _ in range(5):
            hands.app.post_message(events.Key("enter", None))
        await hands.until(lambda: hands.app.step_screen.step_name == "done")
        await hands.settle()
        await hands.press("enter")
        assert hands.app.wizard.step_name == "done"
        assert "À noter maintenant" in cells(hands.app)
        await hands.press("enter")
        await hands.settle()
        assert hands.app.wizard.step_name == "sign_in"
