"""One question a screen: the easy mode shows the fields of a step in turn.

The question is the field the person is in (`Wizard.focus`), so that the faces agree on it.
"""

from __future__ import annotations

from espace_tui.journey.form import CONTINUE, Action, ActionKind
from espace_tui.journey.view import View


class Questions:
    """The questions of the current step, and which of them are shown: all, or one."""

    def __init__(self) -> None:
        self.one_by_one = False
        self._names: list[str] = []
        """The fields that are asked, in order; none where all are shown at once."""
        self._shown = ""

    def page(self, whole: View, focus: str) -> View:
        """Return what to draw of a step: all, or the question the person is at."""
        asked = [field for field in whole.fields if not field.irrelevant]
        self._names = [field.name for field in asked] if self.one_by_one else []
        if not self._names:
            return whole
        self._shown = focus if focus in self._names else self._names[0]
        main, *others = whole.actions
        goes_on = self.following and main.kind is ActionKind.SUBMIT
        return whole._replace(
            fields=tuple(field for field in asked if field.name == self._shown),
            actions=(CONTINUE if goes_on else main, *filter(self._belongs, others)),
            problems=tuple(one for one in whole.problems if one.field == self._shown),
            advice=tuple(one for one in whole.advice if one.field == self._shown),
            received=tuple(filter(self._belongs, whole.received)),
            can_go_back=whole.can_go_back or bool(self.previous),
        )

    def _belongs(self, action: Action) -> bool:
        """Return whether an action has its place beside the question that is shown."""
        answered = {action.field, *dict(action.fills)}
        return action.kind is not ActionKind.FILL or self._shown in answered

    @property
    def following(self) -> str:
        """The question after the one that is shown, or « »."""
        return next(iter(self._names[self._at + 1 :]), "")

    @property
    def previous(self) -> str:
        """The question before the one that is shown, or « »."""
        return self._names[self._at - 1] if self._at > 0 else ""

    @property
    def _at(self) -> int:
        return self._names.index(self._shown) if self._names else -1
