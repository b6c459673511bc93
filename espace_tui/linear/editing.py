r"""Editing one line of a terminal by appending only: characters, spaces and backspaces.

The readline library writes carriage returns and, on most terminals, escape sequences; a screen
reader then reads the prompt again, and a log is full of them. This does the usual keys without.

>>> written = []
>>> line = Line(written.append, "13")
>>> line.left()
>>> line.insert("2")
>>> "".join(written), line.text
('13\x0823\x08', '123')
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable


def width(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(_columns(each) for each in text)


def _columns(each: str) -> int:
    if unicodedata.combining(each):
        return 0
    return 2 if unicodedata.east_asian_width(each) in "WF" else 1


class Line:
    """A line and the cursor in it; `write` shows what changes, or nothing for a secret."""

    def __init__(self, write: Callable[[str], object], text: str = "") -> None:
        self._write = write
        self._before, self._after = "", ""
        self.insert(text)

    @property
    def text(self) -> str:
        """What stands on the line."""
        return self._before + self._after

    def insert(self, text: str) -> None:
        """Put a text where the cursor is."""
        self._before += text
        self._show(text + self._after, back=self._after)

    def show(self) -> None:
        """Show the line again, after something else was written."""
        self._show(self.text, back=self._after)

    def left(self) -> None:
        """Move back by one character."""
        each = self._last()
        self._before, self._after = self._before.removesuffix(each), each + self._after
        self._show("", back=each)

    def right(self) -> None:
        """Move on by one character, by writing it again."""
        each = self._first()
        self._before, self._after = self._before + each, self._after.removeprefix(each)
        self._show(each)

    def home(self) -> None:
        """Move to the beginning."""
        self._show("", back=self._before)
        self._before, self._after = "", self.text

    def end(self) -> None:
        """Move to the end."""
        self._show(self._after)
        self._before, self._after = self.text, ""

    def erase_back(self) -> None:
        """Erase the character before the cursor."""
        self._erase(self._last(), "")

    def erase_here(self) -> None:
        """Erase the character under the cursor."""
        self._erase("", self._first())

    def erase_word(self) -> None:
        """Erase the word before the cursor."""
        start = self._before.rstrip().rfind(" ") + 1
        self._erase(self._before[start:], "")

    def erase_before(self) -> None:
        """Erase all that is before the cursor."""
        self._erase(self._before, "")

    def erase_after(self) -> None:
        """Erase all that is after the cursor."""
        self._erase("", self._after)

    def _erase(self, before: str, after: str) -> None:
        self._before = self._before.removesuffix(before)
        self._after = self._after.removeprefix(after)
        blank = " " * width(before + after)
        self._show("", back=before)
        self._show(self._after + blank, back=self._after + blank)

    def _last(self) -> str:
        """Return the character before the cursor, with the accents that combine with it."""
        start = len(self._before) - 1
        while start > 0 and unicodedata.combining(self._before[start]):
            start -= 1
        return self._before[max(start, 0) :]

    def _first(self) -> str:
        stop = 1
        while stop < len(self._after) and unicodedata.combining(self._after[stop]):
            stop += 1
        return self._after[:stop]

    def _show(self, text: str, back: str = "") -> None:
        if shown := text + "\b" * width(back):
            self._write(shown)
