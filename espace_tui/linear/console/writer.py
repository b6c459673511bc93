r"""The standard output, written at once and never more than appended to.

>>> "Étape « 1 » : l’œil ☃".encode("ascii", PLAINER)
b'Etape " 1 " : l\'oeil ?'
"""

from __future__ import annotations

import codecs
import os
import sys
from contextlib import suppress
from unicodedata import normalize

from espace_tui.linear.speaker import MAX_WIDTH

DEFAULT_ROWS = 24
"""The lines of a screen that does not tell."""


ASCII_FALLBACK = "espace-tui-plainer"
"""How `str.encode` treats what an encoding does not have."""
_SIGNS = str.maketrans({"’": "'", "«": '"', "»": '"', "“": '"', "”": '"', "…": "...", "œ": "oe"})


def ascii_fallback(error: UnicodeError) -> tuple[str, int]:
    """Return ASCII letters in the place of those that cannot be written."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(_SIGNS)
    bare = normalize("NFKD", text).encode("ascii", "ignore").decode()
    return bare or "?", error.end


codecs.register_error(ASCII_FALLBACK, ascii_fallback)


class Writer:
    """Where lines are said; `BrokenPipeError` when nobody reads them any more."""

    def __init__(self) -> None:
        closed = sys.stdout is None
        self._target = os.open(os.devnull, os.O_WRONLY) if closed else sys.stdout.fileno()
        self._encoding = "utf-8" if closed else sys.stdout.encoding
        self.is_terminal = os.isatty(self._target)

    @property
    def size(self) -> tuple[int, int]:
        """How many columns and lines the screen has; a pipe is as wide as one likes."""
        try:
            columns, lines = os.get_terminal_size(self._target)
        except OSError:
            columns, lines = 0, 0
        return columns or MAX_WIDTH, lines or DEFAULT_ROWS

    def flush_stdout(self) -> None:
        """Let what was written before come first."""
        if sys.stdout:
            sys.stdout.flush()

    def write(self, text: str) -> None:
        """Write a text, in plainer letters where the terminal's encoding does not have them."""
        left = text.encode(self._encoding, ASCII_FALLBACK)
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
