"""The screens: one per step over `step.StepScreen`, which draws any step.

A step without a line here needs no screen of its own. Screens do not import one another, and each
is imported when it is first shown. What opens over a step is in `dialogs`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, cast

from espace_tui.lazy import lazy_names

if TYPE_CHECKING:
    from espace_tui.screens.step import StepScreen

LAZY: Mapping[str, str] = {
    "ReviewScreen": "review",
    "SpaceScreen": "space",
    "StepScreen": "step",
    "WelcomeScreen": "welcome",
}
"""The class of each step that has a screen of its own, in a module of the step's name."""
_load = lazy_names(__name__, LAZY)
_SCREEN_OF_STEP = {module: name for name, module in LAZY.items()}


@cache
def screen_class(step_name: str) -> type[StepScreen]:
    """Return the class of the screen that shows a step."""
    return cast("type[StepScreen]", _load(_SCREEN_OF_STEP.get(step_name, "StepScreen")))
