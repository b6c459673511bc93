"""The screens: a module per step, named as it is, over `step.StepScreen`, which draws any step.

They are grouped as the journey's steps are. Screens do not import one another, and each is imported
when it is first shown. What opens over a step is in `dialogs`.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from espace_tui.screens.step import StepScreen

PARTS: Mapping[str, str] = {
    "message": "activation",
    "prerequisites": "activation",
    "identification": "activation",
    "card": "activation",
    "decision": "activation",
    "opposition": "activation",
    "opposed": "activation",
    "contacts": "activation",
    "change_email": "activation",
    "change_mobile": "activation",
    "credentials": "activation",
    "review": "activation",
    "done": "activation",
    "welcome": "reading",
    "privacy": "reading",
    "privacy_choices": "reading",
    "no_card": "reading",
    "messages": "reading",
    "terms": "reading",
    "data_protection": "reading",
    "identity": "recovery",
    "forgotten_identifier": "recovery",
    "forgotten_password": "recovery",
    "new_password": "recovery",
    "sign_in": "space",
    "one_time_code": "space",
    "space": "space",
    "closing": "space",
    "reopening": "space",
    "signed_out": "space",
}
"""Where the module of each step's screen is."""


def class_name(step_name: str) -> str:
    """Return the name of the class of a step's screen.

    >>> class_name("sign_in")
    'SignInScreen'
    """
    return "".join(word.title() for word in step_name.split("_")) + "Screen"


def screen_class(step_name: str) -> type[StepScreen]:
    """Return the class of the screen that shows a step; one made of data needs none of its own."""
    if step_name not in PARTS:
        return cast("type[StepScreen]", import_module(f"{__name__}.step").StepScreen)
    module = import_module(f"{__name__}.{PARTS[step_name]}.{step_name}")
    return cast("type[StepScreen]", getattr(module, class_name(step_name)))
