"""The console port: where the conversation takes place, a terminal, a pipe or a test's script.

What becomes of a line that is awaited is said by exceptions: `EOFError` at the end of the input,
`KeyboardInterrupt` for Ctrl+C, `BrokenPipeError` when nobody reads the output any more,
`UnreadableLineError` for a line that cannot be an answer, and `KilledError` when a signal asks the
process to end: the event loop then cancels the conversation.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol, Self

MAX_WIDTH = 72
"""Columns of a line at most, however wide the screen is."""


class UnreadableLineError(ValueError):
    """A line that cannot be an answer; `code` is ``overlong``, ``encoding`` or ``control``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ErasedError(Exception):
    """Nobody touched the keyboard for so long that all must be erased; or it was `asked` for."""

    def __init__(self, *, asked: bool = False) -> None:
        super().__init__()
        self.asked = asked


class KilledError(Exception):
    """A signal asks the process to end while a line is awaited."""


class LineMask(NamedTuple):
    """How a line is masked at a counter: once it was answered, or `typed` while it is too."""

    mask: Callable[[str], str]
    typed: bool = False


class Console(Protocol):
    """Writes and reads lines; it is entered for the time of the conversation."""

    @property
    def prefills(self) -> bool:
        """Whether `read_line` can put an answer on the line, to be edited."""
        ...

    @property
    def interactive(self) -> bool:
        """Whether a person types, rather than a program or a file."""
        ...

    @property
    def page_lines(self) -> int:
        """How many lines are read at a time; 0 where nobody turns the pages."""
        ...

    @property
    def columns(self) -> int:
        """How many columns a line may take; never more than `MAX_WIDTH` are used."""
        ...

    @property
    def full_screen(self) -> bool:
        """Whether the full screen can be shown here."""
        ...

    def __enter__(self) -> Self:
        """Take the terminal over."""
        ...

    def __exit__(self, *_error: object) -> None:
        """Leave the terminal as it was found."""
        ...

    def write_line(self, line: str) -> None:
        """Write one line, already clean and short enough."""
        ...

    def read_line(self, prompt: str, prefill: str = "", mask: LineMask | None = None) -> str:
        """Write a prompt and read one line; what is typed may be seen, unless it is masked."""
        ...

    def read_secret(self, prompt: str) -> str:
        """Write a prompt and read one line that nobody may see."""
        ...

    def rest_of_paste(self, accepts: Callable[[str], bool], limit: int = 0) -> str:
        """Return the lines that were pasted with the last one, if `accepts` wants them.

        Otherwise return nothing, and leave them for the next `read_line`. `limit` is how many
        characters they may be; 0 is that of a line.
        """
        ...

    def clear(self) -> None:
        """Erase at a counter what was said, on the screen and above; elsewhere it stays."""
        ...

    def hide(self) -> None:
        """Hide what was said at once, at a counter, until somebody resumes."""
        ...

    def when_resumed(self, say: Callable[[], object]) -> None:
        """Say again what is asked once what was hidden is resumed: nothing else is left of it."""
        ...

    def bell(self) -> None:
        """Ring the bell."""
        ...

    def cancellable(self, cancel: Callable[[], object]) -> AbstractContextManager[None]:
        """Call `cancel` on Ctrl+C inside the context."""
        ...
