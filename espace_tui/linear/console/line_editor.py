r"""Editing one line of a terminal, key by key, by appending only.

The readline library writes carriage returns and, on most terminals, escape sequences; a screen
reader then reads the prompt again, and a log is full of them. Here the usual keys write characters,
spaces and backspaces, and nothing else.

`Keyboard` reads the keys, which the terminal does not echo; `LineBuffer` is the line, and shows
what may be seen of it. Nothing is lost between two lines: what was typed or pasted ahead waits for
the next one.

>>> written = []
>>> line = LineBuffer(written.append, "13")
>>> line.move_left()
>>> line.insert("2")
>>> "".join(written), line.text
('13\x0823\x08', '123')
"""

from __future__ import annotations

import codecs
import os
import select
import unicodedata
from collections.abc import Callable, Mapping

from espace_tui.linear.console.keys import (
    END_OF_INPUT,
    ENTER,
    INTERRUPT,
    SEQUENCE_SECONDS,
    decode_controls,
    next_key,
    patience,
    without_replies,
)
from espace_tui.linear.console.port import UnreadableLineError
from espace_tui.linear.console.reader import CHUNK, MAX_LINE

DOT = "•"
COMMAND = ":"
"""What the line of a command begins with."""
HIDE = "\x1b[20~"
"""F9."""


def width(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


class LineBuffer:
    """A line and the cursor in it; `write` shows what changes, or nothing for a secret.

    A line that is `covered` is shown as dots, unless it begins as a command.
    """

    def __init__(
        self, write: Callable[[str], object], text: str = "", *, covered: bool = False
    ) -> None:
        self._write = write
        self._covered = covered
        self._before, self._after = "", ""
        self.insert(text)

    @property
    def text(self) -> str:
        """The text of the line."""
        return self._before + self._after

    def insert(self, text: str) -> None:
        """Insert a text at the cursor."""
        self._before += text
        self._show(text + self._after, back=self._after)

    def redraw(self, *, covered: bool = False) -> None:
        """Show the line again, after something else was written."""
        before, self._covered = self._covered, self._covered or covered
        self._show(self.text, back=self._after)
        self._covered = before

    def move_left(self) -> None:
        """Move back by one character."""
        character = self._character_before()
        self._before = self._before.removesuffix(character)
        self._after = character + self._after
        self._show("", back=character)

    def move_right(self) -> None:
        """Move on by one character, by writing it again."""
        character = self._character_after()
        self._before += character
        self._after = self._after.removeprefix(character)
        self._show(character)

    def move_to_start(self) -> None:
        """Move to the beginning."""
        self._show("", back=self._before)
        self._before, self._after = "", self.text

    def move_to_end(self) -> None:
        """Move to the end."""
        self._show(self._after)
        self._before, self._after = self.text, ""

    def delete_left(self) -> None:
        """Delete the character before the cursor."""
        self._delete(self._character_before(), "")

    def delete_right(self) -> None:
        """Delete the character at the cursor."""
        self._delete("", self._character_after())

    def delete_word_left(self) -> None:
        """Delete the word before the cursor."""
        start = self._before.rstrip().rfind(" ") + 1
        self._delete(self._before[start:], "")

    def delete_to_start(self) -> None:
        """Delete all that is before the cursor."""
        self._delete(self._before, "")

    def delete_to_end(self) -> None:
        """Delete all that is after the cursor."""
        self._delete("", self._after)

    def _delete(self, before: str, after: str) -> None:
        self._before = self._before.removesuffix(before)
        self._after = self._after.removeprefix(after)
        blank = " " * width(before + after)
        self._show("", back=before)
        self._show(self._after + blank, back=self._after + blank)

    def _character_before(self) -> str:
        """Return the character before the cursor, with the accents that combine with it."""
        start = len(self._before) - 1
        while start > 0 and unicodedata.combining(self._before[start]):
            start -= 1
        return self._before[max(start, 0) :]

    def _character_after(self) -> str:
        stop = 1
        while stop < len(self._after) and unicodedata.combining(self._after[stop]):
            stop += 1
        return self._after[:stop]

    def _show(self, text: str, back: str = "") -> None:
        if self._covered and not self.text.startswith(COMMAND):
            text = DOT * width(text)
        if shown := text + "\b" * width(back):
            self._write(shown)


Edit = Callable[[LineBuffer], None]
CONTROLS: Mapping[str, Edit] = {
    "\x7f": LineBuffer.delete_left,
    "\b": LineBuffer.delete_left,
    "\x01": LineBuffer.move_to_start,
    "\x05": LineBuffer.move_to_end,
    "\x02": LineBuffer.move_left,
    "\x06": LineBuffer.move_right,
    "\x04": LineBuffer.delete_right,
    "\x0b": LineBuffer.delete_to_end,
    "\x15": LineBuffer.delete_to_start,
    "\x17": LineBuffer.delete_word_left,
}
"""What each control character does; the others do nothing."""
SEQUENCES: Mapping[str, Edit] = {
    "D": LineBuffer.move_left,
    "C": LineBuffer.move_right,
    "H": LineBuffer.move_to_start,
    "1~": LineBuffer.move_to_start,
    "7~": LineBuffer.move_to_start,
    "F": LineBuffer.move_to_end,
    "4~": LineBuffer.move_to_end,
    "8~": LineBuffer.move_to_end,
    "3~": LineBuffer.delete_right,
}
"""What each escape sequence does, by what follows ``ESC [`` or ``ESC O``."""


def apply_key(line: LineBuffer, key: str) -> None:
    """Do what a key does to a line; a key that does nothing is not an error."""
    edit = SEQUENCES.get(key[2:]) if key[0] == "\x1b" else CONTROLS.get(key)
    if edit:
        edit(line)
    elif key > "\x1f" and not "\x7f" <= key[0] <= "\x9f":
        line.insert(key)


class Keyboard:
    """The keyboard of a terminal that sends each key at once; the repr shows nothing of them."""

    def __init__(
        self,
        source: int,
        encoding: str = "utf-8",
        wait_for_input: Callable[[int], object] = lambda _source: None,
        hide: Callable[[], object] = lambda: None,
        is_hiding: Callable[[str], bool] = lambda _line: False,
    ) -> None:
        """`hide` is what F9 does, or a line that `is_hiding`; what was typed with it is dropped."""
        self._source = source
        self._wait_for_input = wait_for_input
        self._hide = hide
        self._is_hiding = is_hiding
        self._pending = ""
        self._after_return = False
        """Whether a carriage return was the last key: the line feed after it is part of it."""
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")

    def read_line(self, line: LineBuffer) -> str:
        """Edit a line until Enter.

        `EOFError` when the input ends before the line begins; `KeyboardInterrupt` for Ctrl+C where
        the terminal makes no signal of it, and for Ctrl+D on an empty line.
        """
        overlong = False
        while (key := self._next_key()) != ENTER:
            if not key:
                if not line.text:
                    raise EOFError
                break
            if key == INTERRUPT or (key == END_OF_INPUT and not line.text):
                raise KeyboardInterrupt
            overlong = overlong or len(line.text) + len(key) > MAX_LINE
            if not overlong:
                apply_key(line, key)
        if overlong:
            raise UnreadableLineError("overlong")
        if "\ufffd" in line.text:
            raise UnreadableLineError("encoding")
        return line.text

    def ready(self, seconds: float = 0) -> bool:
        """Tell whether something was typed, or is within some seconds."""
        return bool(self._pending) or self._more_within(seconds)

    def read_ahead(self) -> bool:
        """Take what is typed while nothing is asked; False where the terminal is gone.

        F9 hides at once, and so does the command that does.
        """
        is_there = self._read()
        lines = self._pending.split(ENTER)[:-1]
        if HIDE in self._pending or any(map(self._is_hiding, lines)):
            self._hide()
            self._pending = ""
        return is_there

    def pending_text(self) -> str:
        """Return all that came at once with the last line; it stays pending."""
        while self._more_within(SEQUENCE_SECONDS) and self._read():
            pass
        return without_replies(self._pending.replace("\r\n", "\n"))

    def discard_pending(self) -> None:
        """Forget what came with the last line, because it was part of it."""
        self._pending = ""

    def _next_key(self) -> str:
        """Return the next key, or several characters typed at once; nothing at the end."""
        key = ""
        while not key:
            if not self._pending and not self._read():
                return ""
            if (seconds := patience(self._pending)) is not None:
                if not (self._more_within(seconds) and self._read()):
                    self._pending = ""  # an Escape alone, or what nothing followed
                continue
            after_return = self._after_return
            self._after_return = self._pending[:1] == "\r"
            key, size = next_key(self._pending)
            if after_return and self._pending[:1] == "\n":
                key = ""
            self._pending = self._pending[size:]
            if key == HIDE:
                self._hide()
                key = self._pending = ""
        return key

    def _more_within(self, seconds: float) -> bool:
        return bool(select.select([self._source], [], [], seconds)[0])

    def _read(self) -> bool:
        try:
            self._wait_for_input(self._source)
            more = os.read(self._source, CHUNK)
        except OSError:  # the terminal is gone
            more = b""
        self._pending += decode_controls(self._decoder.decode(more))
        return bool(more)
