"""Itineraries: which steps, in which order, with which ends. It is data handed to the wizard.

`Wizard(context, itinerary)` walks one; `Wizard(context, first, other)` may pass from one to the
other, by an action that names a step of it. The wizard decides, a face draws, a step names no
other step's module: only what is here knows how the steps hang together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from espace_tui.errors import Unreachable
from espace_tui.journey import steps
from espace_tui.journey.form import Action, Step

if TYPE_CHECKING:  # the first screen does not need them: pydantic is imported after it is painted
    from espace_tui.journey.session import Session
    from espace_tui.model.policy import Policy

Lead = str | Callable[["Session"], str]
"""Where a step leads once submitted: a step, what the session says, or « »: the numbered ones."""


def policy_order(policy: Policy) -> tuple[str, ...]:
    """Return the numbered steps in the order of the rules."""
    return policy.order


class Itinerary(NamedTuple):
    """The steps of a journey, and how they hang together.

    `order` gives the numbered steps for the rules in force; `finish` comes after the last of them.
    `leads` is where the others lead. `terminal`: no way back, what was before is over. `no_return`:
    the same, where nothing was brought to its end.
    `clear_on_success`: their answers are of no use once accepted. `clear_session`: the rights and
    secrets are forgotten too. `redirects`: where a refusal sends the person. `needs_consent`: they
    wait for the privacy choices of the very first run. `exits`: the face leaves there. `passing`:
    one does not come back to them. `before` gives the step to pass by before another one, or that
    one. `own_policy`: the rules of an itinerary that asks no backend for them.
    """

    name: str
    first: str
    holds: Callable[[str], bool]
    order: Callable[[Policy], tuple[str, ...]] = policy_order
    leads: Mapping[str, Lead] = MappingProxyType({})
    finish: Lead = ""
    terminal: frozenset[str] = frozenset()
    no_return: frozenset[str] = frozenset()
    clear_on_success: frozenset[str] = frozenset()
    clear_session: frozenset[str] = frozenset()
    redirects: Mapping[str, str] = MappingProxyType({})
    needs_consent: frozenset[str] = frozenset()
    exits: frozenset[str] = frozenset()
    exchanged: Mapping[str, Action] = MappingProxyType({})
    """Actions in the place of those of the same name, in every itinerary that is walked with it."""
    passing: frozenset[str] = frozenset()
    before: Callable[[str], str] = lambda name: name
    own_policy: Callable[[], Policy] | None = None
    own_step: Callable[[str], Step[Any] | None] = lambda _name: None
    """A step that is made of data, such as a screen of the official site; None for all others."""

    def load(self, name: str) -> Step[Any]:
        """Return a step by its name."""
        return self.own_step(name) or steps.load(name)

    @property
    def resumable(self) -> bool:
        """Whether a backend keeps what was begun: one can come back to it."""
        return self.own_policy is None

    @property
    def mark(self) -> str:
        """What stands at the end of the first line: what this is, and is not."""
        return "demonstration" if self.resumable else "unofficial"

    def begins_anew(self, left: str, step_name: str) -> bool:
        """Tell whether a step is the first one, after a last one: what was before is over."""
        return step_name == self.first and left in self.terminal

    def checked(self, policy: Policy) -> Policy:
        """Return rules that name steps of this itinerary only; others are of no use to anybody."""
        if not all(map(self.holds, self.order(policy))):
            raise Unreachable("unexpected-answer")
        return policy

    def applicable(self, session: Session, policy: Policy) -> tuple[str, ...]:
        """Return the numbered steps that have something to ask of this person."""
        return tuple(name for name in self.order(policy) if self.load(name).applies(session))

    def next_step(self, session: Session, order: tuple[str, ...], step_name: str) -> str:
        """Return where a step leads once its answers are accepted."""
        lead = self.leads.get(step_name, "")
        return resolved(lead, session) or self.first_unfinished(session, order)

    def first_unfinished(self, session: Session, order: tuple[str, ...]) -> str:
        """Return the first numbered step that is not done yet: where going on leads.

        So a resumed activation lands where it stopped, and « Modifier » comes back to the review.
        """
        numbered = map(self.load, order)
        unfinished = (s.name for s in numbered if s.applies(session) and not s.done(session))
        return next(unfinished, "") or resolved(self.finish, session)

    def furthest_step(self, session: Session, order: tuple[str, ...], step_name: str) -> str:
        """Return the furthest numbered step one can jump to, or « » where the journey is over."""
        return "" if step_name in self.terminal else self.first_unfinished(session, order)

    def forgets_at(self, step_name: str) -> bool:
        """Tell whether what was before a step is dropped when one arrives there."""
        return step_name in self.terminal or step_name in self.no_return

    def exits_at(self, step_name: str) -> bool:
        """Tell whether there is nothing left to show at a step: the face leaves."""
        return step_name in self.exits

    def ends_with(self, step_name: str) -> bool:
        """Tell whether something is brought to its end at a step, and not only to be begun."""
        return step_name in self.terminal and step_name != self.first


def resolved(lead: Lead, session: Session) -> str:
    """Return the step that a lead is, for a session."""
    return lead if isinstance(lead, str) else lead(session)


class Itineraries:
    """The itineraries a wizard may pass between: the step tells in which of them one is."""

    def __init__(self, *itineraries: Itinerary) -> None:
        self._all = itineraries

    def of(self, step_name: str) -> Itinerary:
        """Return the itinerary that holds a step, the first before the others."""
        holding = (each for each in self._all if each.holds(step_name))
        return next(holding, self._all[0])

    def holds(self, step_name: str) -> bool:
        """Tell whether a step is one of theirs."""
        return any(each.holds(step_name) for each in self._all)

    def offered(self, actions: Iterable[Action]) -> Iterator[Action]:
        """Yield the actions that lead to a step of one of the itineraries, if to any.

        The first itinerary may have others in the place of some: a visit has a home of its own.
        """
        for action in actions:
            other = self._all[0].exchanged.get(action.name, action)
            if not other.target or self.holds(other.target):
                yield other

    @property
    def passing(self) -> frozenset[str]:
        """The steps that one does not come back to."""
        return frozenset().union(*(each.passing for each in self._all))

    def detour_for(self, step_name: str) -> str:
        """Return the step to pass by before another one, or that one."""
        return self.of(step_name).before(step_name)

    def load(self, step_name: str) -> Step[Any]:
        """Return a step by its name."""
        return self.of(step_name).load(step_name)
