"""Where a person stands in their walk: all that a face may look at, and what it keeps told of.

`espace_tui.wizard` moves it; nothing here does. It is itself the `form.Situation` of its step.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from espace_tui import steps
from espace_tui.desk import KEPT, Desk
from espace_tui.errors import Problem
from espace_tui.form import Facts, Step
from espace_tui.i18n import Text
from espace_tui.trail import Trail
from espace_tui.view import Answer, Noticed, Stop, View

if TYPE_CHECKING:
    from espace_tui.policy import Policy
    from espace_tui.session import Session


class Standing:
    """The present step, what is known, what is typed, and what there is to say about it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.focus = ""
        """The field the person is in: the faces keep it, so that the other can take over."""
        self._trail = Trail(steps.FIRST)
        self._policy: Policy | None = None
        self._session: Session | None = None
        self._clear()

    def _clear(self) -> None:
        self._problems: tuple[Problem, ...] = ()
        self._noticed: tuple[Noticed, ...] = ()
        self._alert: Text | None = None
        self._retry = False

    @property
    def place(self) -> str:
        """The name of the present step."""
        return self._trail.place

    @property
    def step(self) -> Step[Any]:
        """The present step."""
        return steps.load(self.place)

    @property
    def session(self) -> Session:
        """What is known so far."""
        if self._session is None:
            from espace_tui.session import Session  # noqa: PLC0415 — after the first paint

            self._session = Session()
        return self._session

    @property
    def signed_in(self) -> bool:
        """Whether a space is open: one leaves it by signing out."""
        return self._session is not None and self._session.space is not None

    @property
    def policy(self) -> Policy:
        """The backend's rules; there from the first step that is not early."""
        if self._policy is None:
            raise LookupError(self.place)
        return self._policy

    @property
    def typed(self) -> Mapping[str, str]:
        """What stands in the fields of the present step."""
        return self._trail.draft(self.place)

    @property
    def paste_anywhere(self) -> bool:
        """The accessibility setting that lets a paste through in a confirmation field."""
        return self.desk.preferences.paste_anywhere

    @property
    def kept(self) -> frozenset[str] | None:
        """What the person lets the assistant keep; None until that was asked."""
        preferences = self.desk.preferences
        return frozenset(filter(preferences.allows, KEPT)) if preferences.chosen else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is a step to go back to."""
        return bool(self._trail.previous)

    def view(self) -> View:
        """Return all there is to draw now."""
        step, order = self.step, self._order()
        number = order.index(self.place) + 1 if self.place in order else 0
        following = order[number] if 0 < number < len(order) else ""
        notice = None if step.early else self.session.notice
        return View(
            place=self.place,
            title=Text(f"step.{self.place}.title"),
            lead=Text(f"step.{self.place}.lead"),
            number=number,
            count=len(order),
            following=Text(f"step.{following}.title") if following else None,
            blocks=step.blocks(self),
            fields=step.fields(self),
            actions=step.actions(self),
            typed=self.typed,
            problems=self._problems,
            noticed=self._noticed,
            alert=self._alert,
            retry=self._retry,
            notice=Text(f"notice.{notice}") if notice else None,
            focus=self.focus,
            can_go_back=self.can_go_back,
        )

    def _order(self) -> tuple[str, ...]:
        if self._policy is None:
            return ()
        return tuple(n for n in self._policy.order if steps.load(n).applies(self.session))

    def stops(self) -> tuple[Stop, ...]:
        """Return the numbered steps, and which of them one can jump to."""
        if self._policy is None:
            return ()
        order = self._order()
        reached = order.index(edge) if (edge := steps.reached(self, self.place)) in order else -1
        return tuple(
            Stop(name, i + 1, open=i <= reached, here=name == self.place)
            for i, name in enumerate(order)
        )

    def answers(self) -> tuple[Answer, ...]:
        """Return the answers of the numbered steps, in order, each once; `shown` is masked."""
        return tuple(
            Answer(stop.step, each, each.mask(text), text)
            for stop in self.stops()
            for each in steps.load(stop.step).fields(_At(self, stop.step))
            if each.review and (text := self.draft(stop.step).get(each.name, ""))
        )

    def facts(self, step: str) -> tuple[tuple[Text, Text | str], ...]:
        """Return what a step shows without asking it (the contacts), for the review."""
        blocks = steps.load(step).blocks(_At(self, step))
        return tuple(row for block in blocks if isinstance(block, Facts) for row in block.rows)

    def draft(self, step: str) -> Mapping[str, str]:
        """Return what was typed on a step."""
        return self._trail.draft(step)

    def note(self, name: str, text: str) -> None:
        """Keep what now stands in a field of the present step."""
        self._trail.draft(self.place)[name] = text

    def erase(self) -> None:
        """Empty the fields of the present step, because the person asked."""
        self._trail.erase([self.place])
        self._clear()


class _At:
    """The situation of a step that is not the present one."""

    def __init__(self, standing: Standing, step: str) -> None:
        self.session = standing.session
        self.policy = standing.policy
        self.paste_anywhere = standing.paste_anywhere
        self.kept = standing.kept
        self.typed = standing.draft(step)
