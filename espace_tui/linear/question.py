"""A question, and what may happen in the place of its answer."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from typing import NamedTuple

from typing_extensions import override

from espace_tui.form import Field


def nothing() -> None:
    """Say nothing more."""


class Question(NamedTuple):
    """What is asked: how to say it in full, its last line, and its help.

    `hidden`: the answer is a secret, and no command is read in it. `ends`: it stands at the end of
    the step, which is said again with it. They are functions because the language may change before
    the answer comes. The repr shows nothing: an answer may be in it.
    """

    prompt: Callable[[], str]
    say: Callable[[], None] = nothing
    help: Callable[[], None] = nothing
    field: Field | None = None
    prefill: str = ""
    hidden: bool = False
    ends: bool = False

    @override
    def __repr__(self) -> str:
        return "Question(…)"


class Way(Enum):
    """Where the person goes instead of answering."""

    BACK = auto()
    ACTIONS = auto()
    ACT = auto()
    AGAIN = auto()
    MOVED = auto()
    LEAVE = auto()


class Turn(Exception):  # noqa: N818 — not an error: the person went another way
    """The person goes another way; `what` is the action of `Way.ACT`, the outcome of `LEAVE`."""

    def __init__(self, way: Way, what: str = "") -> None:
        super().__init__(way.name)
        self.way = way
        self.what = what
