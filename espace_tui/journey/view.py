"""What a face draws of the current step: plain values, made by `Wizard.view` once per change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from typing_extensions import override

from espace_tui.errors import FieldProblem
from espace_tui.i18n import Text
from espace_tui.journey.form import Action, Block, Field, StepState

if TYPE_CHECKING:
    from espace_tui.validators import Advice


class FieldAdvice(NamedTuple):
    """An advice on a field, shown once: going on again with the same answer keeps it."""

    field: str
    advice: Advice


class Answer(NamedTuple):
    """One answer of a step, for the review: `shown` is masked, `clear` is what was typed."""

    step: str
    field: Field
    shown: str
    clear: str

    @override
    def __repr__(self) -> str:
        return f"Answer({self.step!r}, {self.field.name!r})"


class StepLink(NamedTuple):
    """A numbered step in the list of steps; `reachable` when one can jump to it."""

    step: str
    number: int
    reachable: bool
    current: bool


class View(NamedTuple):
    """All that a face draws.

    `problems` and `advice` belong next to their fields, in their order; `alert` concerns the whole
    step; `retry` tells that the last attempt may be made again; `notice` is shown once.
    `number` is 0 outside the numbered steps. What was typed stays off the repr.
    """

    step_name: str
    title: Text
    lead: Text
    number: int
    total: int
    next_title: Text | None
    blocks: tuple[Block, ...]
    fields: tuple[Field, ...]
    actions: tuple[Action, ...]
    typed: Mapping[str, str]
    problems: tuple[FieldProblem, ...]
    advice: tuple[FieldAdvice, ...]
    alert: Text | None
    retry: bool
    notice: Text | None
    can_go_back: bool
    received: tuple[Action, ...] = ()

    @override
    def __repr__(self) -> str:
        return f"View({self.step_name})"

    @property
    def offered(self) -> tuple[Action, ...]:
        """All that may be done."""
        return (*self.actions, *self.received)

    @property
    def may_part(self) -> bool:
        """Whether one may end with somebody here, at a counter: nobody leaves it otherwise."""
        return any(action.name == "to_parting" for action in self.actions)


class ViewCache:
    """What a wizard has made to be drawn, which stands until something changes."""

    def __init__(self) -> None:
        self.view: View | None = None
        self.states: dict[str, StepState] = {}
        self.received: tuple[Action, ...] | None = None
        """Looking for it in a long message is slow, and what is typed changes nothing of it."""
        self.links: tuple[StepLink, ...] | None = None
        self.answers: tuple[Answer, ...] | None = None

    def forget_typed(self, step: str) -> None:
        """Forget what depends on what is typed in a step."""
        self.states.pop(step, None)
        self.view = self.answers = None
