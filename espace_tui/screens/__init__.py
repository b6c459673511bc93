"""The screens: one per step over `step.StepScreen`, which draws any step.

A step without a line here needs no screen of its own. Screens do not import one another; each is
imported when it is first shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from espace_tui.screens.step import StepScreen

SCREENS: Mapping[str, str] = {
    "review": "ReviewScreen",
    "space": "SpaceScreen",
    "welcome": "WelcomeScreen",
}
"""The class of each step that has a screen of its own; the module has the name of the step."""


def screen_class(step_name: str) -> type[StepScreen]:
    """Return the screen that shows a step."""
    module = step_name if step_name in SCREENS else "step"
    name = SCREENS.get(step_name, "StepScreen")
    return cast("type[StepScreen]", getattr(import_module(f"espace_tui.screens.{module}"), name))
