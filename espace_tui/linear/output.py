"""The standard output, written at once and never more than appended to."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from espace_tui.linear.words import WIDTH

LINES = 24
"""The lines of a screen that does not tell."""


class Output:
    """Where lines are said; `BrokenPipeError` when nobody reads them any more."""

    def __init__(self) -> None:
        self._target = sys.stdout.fileno()
        self._encoding = sys.stdout.encoding
        self.screen = os.isatty(self._target)

    @property
    def size(self) -> tuple[int, int]:
        """How many columns and lines the screen has; a pipe is as wide as one likes."""
        try:
            columns, lines = os.get_terminal_size(self._target)
        except OSError:
            columns, lines = 0, 0
        return columns or WIDTH, lines or LINES

    def write(self, text: str) -> None:
        """Write a text; what the terminal's encoding does not have becomes a question mark."""
        left = text.encode(self._encoding, "replace")
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
