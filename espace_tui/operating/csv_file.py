"""A file of people as spreadsheets export it: one person a line, columns named by the first line.

Comma, semicolon or tab; UTF-8 with or without a byte order mark, or Windows-1252 (a file is read
whole once, to tell, to count and to name it by its digest). A person is one line: a quote left
open spoils its own line only, and reading may start again at any line.

>>> separator("Nom;Prénom, usuel;NIR")
';'
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from espace_tui.operating.columns import NEEDED, column_of

SEPARATORS = (",", ";", "\t")
LONGEST_LINE = 16_384
_MARK = b"\xef\xbb\xbf"
_NOTHING = b" \t\r\n,;"
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class BadFileError(Exception):
    """A file that cannot be read as people at all; `values` fill the text."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class FilePosition:
    """Where a line starts: the number of bytes and lines before it."""

    offset: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class FileLine:
    """One line: its number, where the next one starts, and its cells; or why it has none."""

    number: int
    after: FilePosition
    cells: dict[str, str] = field(default_factory=dict, repr=False)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """A file that can be read: its name (a digest), its size, and how it is written."""

    path: Path
    digest: str
    size: int
    encoding: str
    separator: str
    columns: tuple[str, ...]
    start: FilePosition

    def lines(self, place: FilePosition) -> Iterator[FileLine]:
        """Return the lines from a place on; empty ones are left out."""
        with self.path.open("rb") as file:
            file.seek(place.offset)
            number = place.line
            while raw := file.readline(LONGEST_LINE):
                number += 1
                is_long = _skip(file, raw)
                after = FilePosition(file.tell(), number)
                if is_long:
                    yield FileLine(number, after, problem="too-long")
                elif raw.strip(_NOTHING):
                    yield self._read(raw, number, after)

    def _read(self, raw: bytes, number: int, after: FilePosition) -> FileLine:
        try:
            text = raw.decode(self.encoding)
            cells = split(text, self.separator)
        except UnicodeDecodeError:
            return FileLine(number, after, problem="encoding")
        except csv.Error:
            return FileLine(number, after, problem="quotes")
        if len(cells) > len(self.columns):
            return FileLine(number, after, problem="too-many-cells")
        return FileLine(number, after, dict(zip(self.columns, cells, strict=False)))


def _skip(file: BinaryIO, raw: bytes) -> bool:
    """Tell whether a line is too long to be one, and leave it behind."""
    is_long = len(raw) == LONGEST_LINE and not raw.endswith(b"\n")
    while is_long and raw and not raw.endswith(b"\n"):
        raw = file.readline(LONGEST_LINE)
    return is_long


def open_people_file(path: Path) -> PeopleFile:
    """Look a file through; raises `BadSheet`, `OSError`."""
    digest, encoding = _look_through(path)
    with path.open("rb") as file:
        first = file.readline(LONGEST_LINE)
        start = FilePosition(file.tell(), 1)
    try:
        header = first.removeprefix(_MARK).decode(encoding)
        found = separator(header)
        columns = _columns(split(header, found))
    except (UnicodeDecodeError, csv.Error):
        raise BadFileError("header") from None
    return PeopleFile(
        path=path,
        digest=digest,
        size=path.stat().st_size,
        encoding=encoding,
        separator=found,
        columns=columns,
        start=start,
    )


def separator(header: str) -> str:
    """Return what separates the cells: whichever gives the most columns that have a known name."""
    return max(SEPARATORS, key=lambda sign: sum(map(bool, map(column_of, header.split(sign)))))


def split(text: str, separator: str) -> list[str]:
    """Return the cells of a line; raises `csv.Error` when its quotes are not balanced."""
    return next(csv.reader([text.rstrip("\r\n")], delimiter=separator, strict=True), [])


def _look_through(path: Path) -> tuple[str, str]:
    """Return the digest of a file and its encoding.

    One line that is UTF-8 beyond ASCII tells that all should be; without any, a line that is not
    UTF-8 tells that the file is Windows-1252.
    """
    digest, is_utf_8, is_other = hashlib.sha256(), False, False
    with path.open("rb") as file:
        if file.read(2) in _WIDE:
            raise BadFileError("utf-16")
        file.seek(0)
        while raw := file.readline(LONGEST_LINE):
            digest.update(raw)
            if not raw.isascii() and len(raw) < LONGEST_LINE:
                fits = _is_utf_8(raw)
                is_utf_8, is_other = is_utf_8 or fits, is_other or not fits
    return digest.hexdigest(), "cp1252" if is_other and not is_utf_8 else "utf-8"


def _is_utf_8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _columns(header: list[str]) -> tuple[str, ...]:
    columns = tuple(column_of(title) or f"?{title}" for title in header)
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise BadFileError("missing-column", column=missing[0], found=", ".join(header))
    twice = [name for name in columns if columns.count(name) > 1]
    if twice:
        raise BadFileError("same-column", column=twice[0])
    return columns
