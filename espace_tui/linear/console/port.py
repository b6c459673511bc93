"""Where the conversation takes place: the port that a real console and a test's fake satisfy.

What happens to a line is told by Python's own exceptions: `EOFError` at the end of the input,
`KeyboardInterrupt` for Ctrl+C, `BrokenPipeError` when nobody reads what is said any more,
`UnreadableLineError` for a line that cannot be an answer, and `KilledError` when the process is
asked to end: its event loop knows what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol, Self


class UnreadableLineError(ValueError):
    """A line that cannot be an answer; `code`: ``overlong``, ``encoding`` or ``control``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class KilledError(Exception):
    """A signal asks the process to end while a line is awaited."""


class Console(Protocol):
    """A place to say lines and to ask for them; it is entered for the time of the conversation."""

    @property
    def prefills(self) -> bool:
        """Whether a kept answer can be put on the line, to be edited."""
        ...

    @property
    def page_lines(self) -> int:
        """How many lines are read at a time; 0 where nobody turns the pages."""
        ...

    @property
    def columns(self) -> int:
        """How many columns a line may take; never more than 72 are used."""
        ...

    @property
    def full_screen(self) -> bool:
        """Whether the full screen can be shown here."""
        ...

    def __enter__(self) -> Self:
        """Take hold of the terminal."""
        ...

    def __exit__(self, *_error: object) -> None:
        """Leave the terminal as it was found."""
        ...

    def write_line(self, line: str) -> None:
        """Write one line, already clean and short enough."""
        ...

    def ask(self, prompt: str, prefill: str = "") -> str:
        """Read one line; what was typed may be seen."""
        ...

    def ask_secret(self, prompt: str) -> str:
        """Read one line that nobody may see."""
        ...

    def rest_of_paste(self, accepts: Callable[[str], bool]) -> str:
        """Return what came at once with the last line, if it is wanted; it is left otherwise."""
        ...

    def bell(self) -> None:
        """Draw attention."""
        ...

    def cancellable(self, cancel: Callable[[], object]) -> AbstractContextManager[None]:
        """Call `cancel` on Ctrl+C while something is waited for."""
        ...
