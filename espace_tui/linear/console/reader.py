"""Lines read from a file descriptor: a pipe, a file, or a terminal that edits lines itself.

A line ends with a line feed, or with the end of the input if that comes first. A line of more than
`MAX_LINE` bytes cannot be an answer: it is read to its end and dropped, so that memory stays
bounded. The mark that some programs write at the head of a file (BOM) is no part of the first line.
"""

from __future__ import annotations

import codecs
import os
import select
from collections.abc import Callable

from espace_tui.linear.console.keys import SEQUENCE_SECONDS
from espace_tui.linear.console.port import UnreadableLineError

MAX_LINE = 32_768
WHOLE_TEXT = 5 * 1024 * 1024
"""Characters of an answer of many lines that is pasted, such as a mail."""
CHUNK = 65_536
"""Bytes read at once."""


class LineReader:
    """Reads the lines of a file descriptor; the repr shows nothing of them."""

    def __init__(
        self,
        source: int,
        encoding: str = "utf-8",
        wait_for_input: Callable[[int], object] = lambda _source: None,
    ) -> None:
        self._source = source
        self._wait_for_input = wait_for_input
        self._encoding = encoding
        self._pending = b""
        self._begun = False

    def read_line(self) -> str:
        """Return the next line without its end; `EOFError` when there is none left."""
        dropped, ended = 0, False
        while b"\n" not in self._pending and not ended:
            if dropped + len(self._pending) > MAX_LINE:
                dropped += len(self._pending)
                self._pending = b""
            chunk = self._read()
            self._pending += chunk
            ended = not chunk
        line, _, self._pending = self._pending.partition(b"\n")
        if ended and not (line or dropped):
            raise EOFError
        if dropped + len(line) > MAX_LINE:
            raise UnreadableLineError("overlong")
        try:
            return line.removesuffix(b"\r").decode(self._encoding)
        except UnicodeDecodeError:
            raise UnreadableLineError("encoding") from None

    def ready(self, seconds: float = 0) -> bool:
        """Tell whether a line came already, or something does within some seconds."""
        return bool(self._pending) or self._more_within(seconds)

    def pending_text(self) -> str:
        """Return the whole lines that came at once with the last one; they stay pending."""
        while self._more_within(SEQUENCE_SECONDS) and (more := self._read()):
            self._pending += more
        return self._pending.decode(self._encoding, "replace")

    def discard_pending(self) -> None:
        """Forget what came with the last line, because it was part of it."""
        self._pending = b""

    def _more_within(self, seconds: float) -> bool:
        return bool(select.select([self._source], [], [], seconds)[0])

    def _read(self) -> bytes:
        """Return what comes next; nothing at the end, or when the terminal is gone."""
        try:
            self._wait_for_input(self._source)
            found = os.read(self._source, CHUNK)
        except OSError:
            return b""
        begun, self._begun = self._begun, True
        return found if begun else found.removeprefix(codecs.BOM_UTF8)
