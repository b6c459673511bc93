r"""The lines of a file in bytes, whatever ends them: LF, CR LF, or CR alone as old Macs write it.

A block at a time: a file without a single line end takes no more memory than another.

>>> from io import BytesIO
>>> [line.raw for line in byte_lines(BytesIO(b"a;b\r1;2\r\n3;4"), FilePosition())]
[b'a;b\r', b'1;2\r\n', b'3;4']
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from espace_tui.operating.sheet.errors import FilePosition

LONGEST_LINE = 16_384
_BLOCK = 65_536


@dataclass(frozen=True, slots=True)
class ByteLine:
    """One line with its end; of one that is too long, its beginning."""

    raw: bytes
    after: FilePosition
    is_long: bool = False


def byte_lines(file: BinaryIO, place: FilePosition) -> Iterator[ByteLine]:
    """Yield the lines of a file from a place on."""
    file.seek(place.offset)
    offset, number = place.offset, place.line
    for raw, size in _pieces(file):
        offset, number = offset + size, number + 1
        yield ByteLine(raw[:LONGEST_LINE], FilePosition(offset, number), size > LONGEST_LINE)


def _pieces(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Yield the beginning of each line and its whole size."""
    rest, dropped = b"", 0
    while block := file.read(_BLOCK):
        whole = (rest + block).splitlines(keepends=True)
        rest = b"" if whole[-1].endswith(b"\n") else whole.pop()
        for raw in whole:
            yield raw, len(raw) + dropped
            dropped = 0
        if len(rest) > LONGEST_LINE and not rest.endswith(b"\r"):
            dropped, rest = dropped + len(rest) - LONGEST_LINE, rest[:LONGEST_LINE]
    if rest:
        yield rest, len(rest) + dropped
