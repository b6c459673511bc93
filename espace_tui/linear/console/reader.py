"""Lines read from a file descriptor: a pipe, a file, or a terminal without line editing.

A line ends with a line feed, or with the end of the input if that comes first. What is longer than
`LIMIT` bytes is not an answer: it is read to its end and dropped, so that memory stays bounded.
"""

from __future__ import annotations

import os

from espace_tui.linear.console.port import UnreadableLineError

LIMIT = 32_768
CHUNK = 65_536


class LineReader:
    """The lines of a file descriptor; the repr shows nothing of them."""

    def __init__(self, source: int, encoding: str = "utf-8") -> None:
        self._source = source
        self._encoding = encoding
        self._pending = b""

    def read_line(self) -> str:
        """Return the next line; `EOFError` when there is none left."""
        length = 0
        while b"\n" not in self._pending:
            length += len(self._pending)
            if length > LIMIT:
                self._pending = b""
            if not (chunk := self._read()):
                return self._last(length)
            self._pending += chunk
        line, _, self._pending = self._pending.partition(b"\n")
        return self._decoded(line, length)

    def _last(self, length: int) -> str:
        line, self._pending = self._pending, b""
        if not (line or length):
            raise EOFError
        return self._decoded(line, length)

    def _decoded(self, line: bytes, length: int) -> str:
        if max(length, len(line)) > LIMIT:
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
