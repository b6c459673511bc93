"""The trail of a walk: the present step, the ones one can go back to, and what stands in each."""

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

    def __init__(self, step_name: str) -> None:
        self.step_name = step_name
        self._before: list[str] = []
        self._drafts: dict[str, StepDraft] = {}

    @property
    def previous(self) -> str:
        """The step to go back to, or « »."""
        return self._before[-1] if self._before else ""

    def draft(self, step: str) -> StepDraft:
        """Return what stands in the fields of a step."""
        return self._drafts.setdefault(step, StepDraft())

    def move_to(self, step: str) -> bool:
        """Move to a step, remembering the present one; tell whether it is another."""
        if step == self.step_name:
            return False
        self._before.append(self.step_name)
        self.step_name = step
        return True

    def back(self) -> None:
        """Forget the step one has just gone back from, and the one it was reached by."""
        del self._before[-2:]

    def truncate_to(self) -> None:
        """When a step accepted leads to an earlier one, what lay between is no way back."""
        if self.step_name in self._before:
            del self._before[self._before.index(self.step_name) :]

    def reset(self, step: str) -> None:
        """Move to a step from which nothing before can be gone back to."""
        self.step_name = step
        self._before = []

    def erase_drafts(self, steps: Iterable[str]) -> None:
        """Empty the fields of some steps."""
        for step in steps:
            self._drafts.pop(step, None)

    def clear(self) -> None:
        """Keep only the place: what was before is over."""
        self._before = []
        self._drafts = {}
