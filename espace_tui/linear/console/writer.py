"""The standard output, written at once and only ever appended to."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from espace_tui.i18n.ascii_fallback import ASCII_FALLBACK
from espace_tui.linear.console.port import MAX_WIDTH

DEFAULT_ROWS = 24
"""The lines of a screen whose size is unknown."""


class Writer:
    """Writes text to the standard output; `BrokenPipeError` when nobody reads it any more."""

    def __init__(self) -> None:
        closed = sys.stdout is None
        self._target = os.open(os.devnull, os.O_WRONLY) if closed else sys.stdout.fileno()
        self._encoding = "utf-8" if closed else sys.stdout.encoding
        self.is_terminal = os.isatty(self._target)

    @property
    def size(self) -> tuple[int, int]:
        """How many columns and lines the screen has; a pipe takes lines of any length."""
        try:
            columns, lines = os.get_terminal_size(self._target)
        except OSError:
            columns, lines = 0, 0
        return columns or MAX_WIDTH, lines or DEFAULT_ROWS

    def flush_stdout(self) -> None:
        """Write first what Python still holds of what was printed before."""
        if sys.stdout:
            sys.stdout.flush()

    def write(self, text: str) -> None:
        """Write a text, in plain letters where the encoding lacks the right ones."""
        left = text.encode(self._encoding, ASCII_FALLBACK)
        try:
            while left:
                left = left[os.write(self._target, left) :]
        except OSError:
            self._close()
            raise BrokenPipeError from None

    def _close(self) -> None:
        """Write nothing more: what Python itself flushes at its end goes nowhere."""
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._target)
