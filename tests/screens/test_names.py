"""Steps and screens go by the same names."""

from __future__ import annotations

from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.journey import steps
from espace_tui.journey.form import Facts
from espace_tui.journey.itineraries.activation import ACTIVATION
from espace_tui.journey.itineraries.guide import ORDER
from espace_tui.model.policy import GUIDE_2022
from espace_tui.screens import PARTS, class_name, screen_class
from espace_tui.screens.step import StepScreen
from tests.journey.steps.situations import every_drawing


def test_each_step_has_a_screen_of_its_name_and_each_screen_a_step() -> None:
    assert set(PARTS) == set(steps.STEPS)


def test_a_screen_is_where_its_step_is_and_bears_its_name() -> None:
    for name, (module, _) in steps.STEPS.items():
        screen = screen_class(name)
        assert issubclass(screen, StepScreen)
        assert screen.__name__ == class_name(name)
        assert screen.__module__.split(".")[-2:] == [module.split(".")[3], name]


def test_a_step_made_of_data_is_drawn_all_the_same() -> None:
    assert screen_class("a screen of the official site") is StepScreen


def test_each_step_that_has_answers_is_named_among_them() -> None:
    numbered = {*ORDER, *ACTIVATION.order(GUIDE_2022)}
    answered = {
        name
        for name, step, state in every_drawing()
        if name in numbered
        if any(field.review for field in step.fields(state))
        or any(isinstance(block, Facts) for block in step.blocks(state))
    }
    assert {"identification", "guide_for", "guide_numbers"} < answered
    for texts in map(Texts, LANGUAGES):
        assert not [name for name in answered if not texts.has(f"face.answers.{name}")]
