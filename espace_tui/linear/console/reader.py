"""Lines read from a file descriptor: a pipe, a file, or a terminal that edits lines itself.

A line ends with a line feed, or with the end of the input if that comes first. A line of more than
`MAX_LINE` bytes cannot be an answer: it is read to its end and dropped, so that memory stays
bounded.
"""

from __future__ import annotations

import os

from espace_tui.linear.console.port import UnreadableLineError

MAX_LINE = 32_768
CHUNK = 65_536
"""Bytes read at once."""


class LineReader:
    """Reads the lines of a file descriptor; the repr shows nothing of them."""

    def __init__(self, source: int, encoding: str = "utf-8") -> None:
        self._source = source
        self._encoding = encoding
        self._pending = b""

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

    def _read(self) -> bytes:
        """Return what comes next; nothing at the end, or when the terminal is gone."""
        try:
            return os.read(self._source, CHUNK)
        except OSError:
            return b""
