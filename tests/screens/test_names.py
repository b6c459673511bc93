"""Steps and screens go by the same names."""

from __future__ import annotations

from espace_tui.journey import steps
from espace_tui.screens import PARTS, class_name, screen_class
from espace_tui.screens.step import StepScreen


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
