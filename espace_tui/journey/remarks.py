"""What stands to be said of a step's answers, until they change."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from espace_tui.errors import FieldProblem, InvalidAnswers
from espace_tui.i18n import Text
from espace_tui.journey.form import parse_fields
from espace_tui.journey.view import FieldAdvice, View


class Remarks:
    """Problems and advice of fields, and what concerns the whole step."""

    def __init__(self) -> None:
        self.problems: tuple[FieldProblem, ...] = ()
        self.advice: tuple[FieldAdvice, ...] = ()
        self.alert: Text | None = None
        self.retry = False
        self.wrong: set[str] = set()
        """The fields whose answers were wrong at the last attempt."""

    @property
    def stand(self) -> bool:
        """Whether anything is to be said that a change of an answer may settle."""
        return bool(self.problems or self.advice or self.alert)

    def refuse(self, problems: Iterable[FieldProblem]) -> None:
        """Hold what is wrong."""
        self.problems = tuple(problems)
        self.wrong = {each.field for each in self.problems}

    def forget(self, name: str, text: str, view: Callable[[], View]) -> None:
        """Drop what was said of a field that changes, and of those that depend on it.

        A complete number that is only shown in groups does not change.
        """
        if not self.stand or _is_same(name, text, view()):
            return
        changed = {name, *(one.name for one in view().fields if name in one.depends)}
        self.problems = tuple(each for each in self.problems if each.field not in changed)
        self.advice = tuple(each for each in self.advice if each.field not in changed)
        if not self.retry:
            self.alert = None

    def look_again(self, name: str, view: View) -> bool:
        """Judge again an answer that was wrong, once it is left; tell whether it still is."""
        if name not in self.wrong or any(each.field == name for each in self.problems):
            return False
        try:
            parse_fields((one for one in view.fields if one.name == name), view.typed)
        except InvalidAnswers as error:
            self.problems += error.problems
            return True
        return False


def _is_same(name: str, text: str, view: View) -> bool:
    """Tell whether a text is the present answer of a field, grouped in another way."""
    field = next((each for each in view.fields if each.name == name), None)
    before = view.typed.get(name, "")
    return field is not None and field.printed and field.grouped(before) == field.grouped(text)
