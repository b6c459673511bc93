"""The history of a journey: the current step, the ones before it, and what is typed in each."""

from __future__ import annotations

from collections.abc import Iterable

from typing_extensions import override


class StepDraft(dict[str, str]):
    """What stands in the fields of one step; its repr shows nothing."""

    @override
    def __repr__(self) -> str:
        return f"Typed({len(self)})"


class History:
    """Where the person is and was; nothing typed is lost by moving."""

    def __init__(self, step_name: str, passing: frozenset[str] = frozenset()) -> None:
        """Begin at a step; one does not come back to those that are `passing`."""
        self.step_name = step_name
        self._passing = passing
        self._before: list[str] = []
        self._drafts: dict[str, StepDraft] = {}

    @property
    def previous(self) -> str:
        """The step to go back to, or « »."""
        return self._before[-1] if self._before else ""

    def draft(self, step: str) -> StepDraft:
        """Return what is typed in the fields of a step."""
        return self._drafts.setdefault(step, StepDraft())

    def move_to(self, step: str, *, anew: bool = False) -> bool:
        """Move to a step, and remember the current one, unless one begins anew.

        Tell whether it is another.
        """
        if step == self.step_name:
            return False
        self._before.append(self.step_name)
        self.step_name = step
        if anew:
            self._before = []
        if step not in self._passing:
            self._before = [each for each in self._before if each not in self._passing]
        return True

    def back(self) -> None:
        """After a move to the previous step, drop both entries: that move, and the one undone."""
        while self.step_name in self._before and self._before.pop() != self.step_name:
            pass

    def truncate_to(self, step: str) -> None:
        """Drop the history from an earlier visit of a step on: one does not go back to itself."""
        if step in self._before:
            del self._before[self._before.index(step) :]

    def reset(self, step: str) -> None:
        """Move to a step from which one cannot go back."""
        self.step_name = step
        self._before = []

    def erase_drafts(self, steps: Iterable[str]) -> None:
        """Empty the fields of some steps."""
        for step in steps:
            self._drafts.pop(step, None)

    def clear(self) -> None:
        """Drop all but the current step: what was before is over."""
        self._before = []
        self._drafts = {}
