"""A fake console: it satisfies the port, answers from a script and keeps what was said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Self

from espace_tui.linear.console.port import LineMask

Answer = str | BaseException | Callable[["ScriptedConsole"], str]


class ScriptedConsole:
    """Answers in order; an exception is raised in the place of one, the end is `EOFError`."""

    def __init__(
        self,
        answers: Iterable[Answer] = (),
        *,
        prefills: bool = False,
        page: int = 0,
        full_screen: bool = False,
        interactive: bool = True,
    ) -> None:
        self._answers = iter(answers)
        self.prefills = prefills
        self.page_lines = page
        self.full_screen = full_screen
        self.interactive = interactive
        self.columns = 200
        self.lines: list[str] = []
        self.prompts: list[str] = []
        self.prefill = ""
        self.secret = False
        self.mask: LineMask | None = None
        self.cleared: list[int] = []
        self.hidden = False
        self.say_again: Callable[[], object] = lambda: None
        self.bell_count = 0
        self.pasted_rest = ""
        self.cancel: Callable[[], object] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    def write_line(self, line: str) -> None:
        self.lines.append(line)

    def read_line(self, prompt: str, prefill: str = "", mask: LineMask | None = None) -> str:
        assert self.prefills or not prefill
        self.prefill = prefill
        self.mask = mask
        self.prompts.append(prompt)
        self.lines.append(prompt)
        return self._answer()

    def read_secret(self, prompt: str) -> str:
        self.secret = True
        try:
            return self.read_line(prompt)
        finally:
            self.secret = False

    def _answer(self) -> str:
        answer = next(self._answers, None)
        if answer is None:
            raise EOFError
        if isinstance(answer, BaseException):
            raise answer
        return answer if isinstance(answer, str) else answer(self)

    def rest_of_paste(self, accepts: Callable[[str], bool], limit: int = 0) -> str:
        rest, self.pasted_rest = self.pasted_rest, ""
        fits = not limit or len(rest) <= limit
        return rest if rest and fits and accepts(rest) else ""

    def clear(self) -> None:
        self.cleared.append(len(self.lines))

    def hide(self) -> None:
        self.hidden = True

    def when_resumed(self, say: Callable[[], object]) -> None:
        self.say_again = say

    def bell(self) -> None:
        self.bell_count += 1

    @contextmanager
    def cancellable(self, cancel: Callable[[], object]) -> Iterator[None]:
        self.cancel = cancel
        try:
            yield
        finally:
            self.cancel = None

    @property
    def transcript(self) -> str:
        """Everything that was said, as a pipe would hold it."""
        return "\n".join(self.lines) + "\n"

    def transcript_since(self, words: str) -> str:
        """What was said after the first line that holds some words."""
        first = next(i for i, line in enumerate(self.lines) if words in line)
        return "\n".join(self.lines[first:])


def answer_on_line(console: ScriptedConsole) -> str:
    """Answer by what was put on the line."""
    return console.prefill
