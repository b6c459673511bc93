"""The real console: a terminal, dumb or not, or a pipe on either side.

With a keyboard and a screen the answers are edited on the line; with a keyboard alone the terminal
echoes them; without one they are the lines of the standard input, secrets included. Output is only
ever appended, each line at once.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from shutil import get_terminal_size
from types import ModuleType
from typing import Self

from espace_tui.linear import editing
from espace_tui.linear.lines import LIMIT, Lines
from espace_tui.linear.modes import KILLS, Modes, Signals
from espace_tui.linear.port import KilledError, UnreadableLineError

PASTE = 0.02
"""Seconds in which the next line of a paste arrives: nobody types it that fast."""


class Terminal:
    """The process's own standard input and output."""

    def __init__(self) -> None:
        self._source, self._target = sys.stdin.fileno(), sys.stdout.fileno()
        self._keyboard = os.isatty(self._source)
        self._screen = os.isatty(self._target)
        self._lines = Lines(self._source)
        self._readline = editing.load() if self._keyboard and self._screen else None
        self._modes = Modes(self._source) if self._keyboard else None
        self._signals = Signals(self._handlers())
        self._prompt: str | None = None
        self._hidden = False
        self._cancel: Callable[[], object] | None = None
        self._interrupted = False
        self._ahead = False

    @property
    def prefills(self) -> bool:
        """Whether answers are edited on the line."""
        return self._readline is not None

    @property
    def page(self) -> int:
        """How many lines fit, where somebody can turn the pages."""
        return max(get_terminal_size().lines - 3, 9) if self.prefills else 0

    @property
    def full_screen(self) -> bool:
        """Whether this terminal can do more than append lines."""
        return self.prefills and os.environ.get("TERM", "dumb") not in {"", "dumb", "unknown"}

    # --- the time of the conversation

    def __enter__(self) -> Self:
        """Take hold of the terminal; type-ahead is not echoed, it might be a secret."""
        sys.stdout.flush()
        with suppress(ValueError):  # not in the main thread: signals are not ours
            self._signals.take()
        self._echo(on=False)
        return self

    def __exit__(self, *_error: object) -> None:
        """Leave the terminal as it was found."""
        if self._modes:
            self._modes.give_back()
        with suppress(ValueError):
            self._signals.give_back()

    def _handlers(self) -> dict[int, Callable[[], object]]:
        handlers: dict[int, Callable[[], object]] = {signal.SIGINT: self._interrupt}
        if self._keyboard:
            handlers[signal.SIGTSTP] = self._stop
        return handlers | {number: partial(self._killed, number) for number in KILLS}

    def _interrupt(self) -> None:
        """Cancel what is waited for, or raise at a prompt; between the two, at the next prompt."""
        if self._cancel:
            cancel, self._cancel = self._cancel, None
            cancel()
        elif self._prompt is None and not self._interrupted:
            self._interrupted = True
        else:
            raise KeyboardInterrupt

    def _stop(self) -> None:
        if self._modes:
            self._modes.stop()
        if self._prompt is not None:
            self._write(f"\n{self._prompt}")
            if self._readline and not self._hidden:
                self._write(self._readline.get_line_buffer())

    def _killed(self, number: int) -> None:
        if self._modes:
            self._modes.give_back()
        self._signals.pass_on(number)
        if self._prompt is not None:
            raise KilledError

    def _echo(self, *, on: bool) -> None:
        if self._modes:
            self._modes.echo(on=on)

    # --- saying and asking

    def say(self, line: str) -> None:
        """Write one line."""
        self._write(f"{line}\n")

    def bell(self) -> None:
        """Ring the terminal's bell; a pipe has none."""
        if self._screen:
            self._write("\a")

    def ask(self, prompt: str, prefill: str = "") -> str:
        """Read a line, edited where there are a keyboard and a screen."""
        with self._asking(prompt, hidden=False):
            if self._readline and not self._lines.waiting:
                return self._edited(self._readline, prompt, prefill)
            return self._plain(prompt)

    def ask_secret(self, prompt: str) -> str:
        """Read a line without any echo."""
        with self._asking(prompt, hidden=True):
            return self._plain(prompt, hidden=True)

    def pasted(self, wanted: Callable[[str], bool]) -> str:
        """Return what came at once with the last line; what is not wanted is asked for later."""
        if not self.prefills or self._ahead:
            return ""
        rest = b""
        while select.select([self._source], [], [], PASTE)[0] and (more := self._lines.read()):
            rest += more
        text = rest.decode(errors="replace").strip()
        if text and len(text) < LIMIT and wanted(text):
            return text
        self._lines.put_back(rest)
        return ""

    @contextmanager
    def cancellable(self, cancel: Callable[[], object]) -> Iterator[None]:
        """Call `cancel` on Ctrl+C, once."""
        self._cancel = cancel
        try:
            yield
        finally:
            self._cancel = None

    # --- one line

    @contextmanager
    def _asking(self, prompt: str, *, hidden: bool) -> Iterator[None]:
        """Be at a prompt: Ctrl+C and Ctrl+Z know what to do, and the answer ends its line."""
        self._prompt, self._hidden = prompt, hidden
        self._ahead = self._keyboard and bool(select.select([self._source], [], [], 0)[0])
        try:
            self._hear()
            self._echo(on=not hidden)
            yield
        except (EOFError, KeyboardInterrupt, KilledError):
            self._write("\n")
            raise
        finally:
            self._prompt = None
            self._echo(on=False)

    def _hear(self) -> None:
        """Raise what was typed between two prompts."""
        if self._interrupted:
            self._interrupted = False
            raise KeyboardInterrupt

    def _edited(self, readline: ModuleType, prompt: str, prefill: str) -> str:
        try:
            line = editing.read(readline, prompt, prefill + self._rest())
            line.encode()
        except UnicodeError:
            raise UnreadableLineError("encoding") from None
        if len(line) > LIMIT:
            raise UnreadableLineError("overlong")
        return line

    def _rest(self) -> str:
        """Return the beginning of a line that came with the line before."""
        return self._lines.take().decode(errors="replace")

    def _plain(self, prompt: str, *, hidden: bool = False) -> str:
        self._write(prompt)
        echoed = self._lines.waiting and self._screen and not hidden
        try:
            line = self._lines.next()
        finally:
            if hidden or not (self._keyboard and self._screen):
                self._write("\n")
        if echoed:
            self._write(f"{line}\n")
        return line

    def _write(self, text: str) -> None:
        left = text.encode(sys.stdout.encoding, "replace")
        try:
            while left:
                left = left[os.write(self._target, left) :]
        except OSError:
            self._close()
            raise BrokenPipeError from None

    def _close(self) -> None:
        """Let nothing more be written: what Python itself flushes at its end goes nowhere."""
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._target)
