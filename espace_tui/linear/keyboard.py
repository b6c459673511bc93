"""A keyboard read key by key: text, editing keys, Enter, the end of the input.

What it sends is never echoed by the terminal; `Line` shows what may be seen. Nothing is lost
between two lines: what was typed or pasted ahead waits for the next one.
"""

from __future__ import annotations

import codecs
import os
import re
import select
from collections.abc import Callable, Mapping

from espace_tui.linear.editing import Line
from espace_tui.linear.lines import CHUNK, LIMIT
from espace_tui.linear.port import UnreadableLineError

ENTER, CLOSE = "\n", "\x04"
Edit = Callable[[Line], None]
CONTROLS: Mapping[str, Edit] = {
    "\x7f": Line.erase_back,
    "\b": Line.erase_back,
    "\x01": Line.home,
    "\x05": Line.end,
    "\x02": Line.left,
    "\x06": Line.right,
    "\x04": Line.erase_here,
    "\x0b": Line.erase_after,
    "\x15": Line.erase_before,
    "\x17": Line.erase_word,
}
"""What each control character does; the others do nothing."""
SEQUENCES: Mapping[str, Edit] = {
    "D": Line.left,
    "C": Line.right,
    "H": Line.home,
    "1~": Line.home,
    "7~": Line.home,
    "F": Line.end,
    "4~": Line.end,
    "8~": Line.end,
    "3~": Line.erase_here,
}
"""What each escape sequence does, by what follows ``ESC [`` or ``ESC O``."""
MOMENT = 0.05
"""Seconds in which the rest of an escape sequence, or of a paste, arrives: nobody types so fast."""
_KEY = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.|[^\[O])|[^\x00-\x1f\x7f-\x9f]+|.", re.DOTALL)
_BEGUN = re.compile(r"\x1b(?:O|\[[0-?]*[ -/]*)?")


class Keyboard:
    """The keyboard of a terminal that sends each key at once; the repr shows nothing of them."""

    def __init__(self, source: int, encoding: str = "utf-8") -> None:
        self._source = source
        self._left = ""
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def line(self, line: Line) -> str:
        """Let a line be edited until Enter; `EOFError` when the input ends before it begins."""
        overlong = False
        while (key := self._key()) != ENTER:
            if key in {"", CLOSE} and not line.text:
                raise EOFError
            if not key:
                break
            overlong = overlong or len(line.text) + len(key) > LIMIT
            if not overlong:
                press(line, key)
        if overlong:
            raise UnreadableLineError("overlong")
        if "\ufffd" in line.text:
            raise UnreadableLineError("encoding")
        return line.text

    def _key(self) -> str:
        """Return the next key, several characters typed at once, or nothing at the end."""
        while not self._left or _BEGUN.fullmatch(self._left):
            if self._left and not self.ready(MOMENT):
                self._left = ""
            elif not self._read():
                return ""
        key = _KEY.match(self._left)
        found = key.group() if key else self._left
        self._left = self._left[len(found) :]
        return found

    def _read(self) -> bool:
        try:
            more = os.read(self._source, CHUNK)
        except OSError:  # the terminal is gone
            more = b""
        self._left += self._decoder.decode(more)
        return bool(more)

    def ready(self, seconds: float = 0) -> bool:
        """Tell whether something was typed, or is within some seconds."""
        return bool(self._left) or bool(select.select([self._source], [], [], seconds)[0])

    def rest(self) -> str:
        """Return all that came at once with the last line, and leave it there."""
        while select.select([self._source], [], [], MOMENT)[0] and self._read():
            pass
        return self._left

    def skip(self) -> None:
        """Forget what came with the last line: it was part of it."""
        self._left = ""


def press(line: Line, key: str) -> None:
    """Do what a key does to a line; a key that does nothing is not an error."""
    edit = SEQUENCES.get(key[2:]) if key[0] == "\x1b" else CONTROLS.get(key)
    if edit:
        edit(line)
    elif key > "\x1f" and not "\x7f" <= key[0] <= "\x9f":
        line.insert(key)
