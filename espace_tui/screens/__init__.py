"""The screens: one per step over `step.StepScreen`, which draws any step.

A step without a line here needs no screen of its own. Screens do not import one another, and each
is imported when it is first shown. What opens over a step is in `dialogs`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from espace_tui.lazy import lazy_names

LAZY: Mapping[str, str] = {
    "ReviewScreen": "review",
    "SpaceScreen": "space",
    "StepScreen": "step",
    "WelcomeScreen": "welcome",
}
"""The class of each step that has a screen of its own, in a module of the step's name."""
if TYPE_CHECKING:
    from espace_tui.screens.review import ReviewScreen as ReviewScreen
    from espace_tui.screens.space import SpaceScreen as SpaceScreen
    from espace_tui.screens.step import StepScreen as StepScreen
    from espace_tui.screens.welcome import WelcomeScreen as WelcomeScreen
else:
    __getattr__ = lazy_names(__name__, LAZY)

_CLASS_NAMES = {module: name for name, module in LAZY.items()}


def screen_class(step_name: str) -> type[StepScreen]:
    """Return the class of the screen that shows a step."""
    name = _CLASS_NAMES.get(step_name, "StepScreen")
    return cast("type[StepScreen]", getattr(sys.modules[__name__], name))
