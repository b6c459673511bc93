"""A file of people as spreadsheets export it: one person a line, columns named by a first line.

A file is read whole once, to tell how it is written (`espace_tui.operating.sheet`) and to name it
by its digest. Reading may start again at any line. A cell within quotes may hold line breaks; a
quote left open spoils its own line only.

>>> separator("Nom;Prénom, usuel;NIR")
';'
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from espace_tui.operating.sheet.encoding import MARK, decoded, look_through
from espace_tui.operating.sheet.errors import BadFileError, FilePosition
from espace_tui.operating.sheet.header import (
    FIRST_LINES,
    PeopleHeader,
    find_header,
    separator,
    split,
)
from espace_tui.operating.sheet.lines import LONGEST_LINE, ByteLine, byte_lines

__all__ = ["LONGEST_LINE", "BadFileError", "FilePosition", "separator"]
_NOTHING = b' \t\r\n,;|"\x1a'
_JOINED_LINES = 12
"""How many lines one cell may go over."""


@dataclass(frozen=True, slots=True)
class FileLine:
    """One line: its number, where the next one starts, and its cells; or why it has none."""

    number: int
    after: FilePosition
    cells: dict[str, str] = field(default_factory=dict, repr=False)
    problem: str = ""
    row: Sequence[str] = field(default=(), repr=False)
    """The cells as they stand in the file, of a line that is refused too."""


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """A file that can be read: its name (a digest), its size, and how it is written."""

    path: Path
    digest: str
    size: int
    encoding: str
    header: PeopleHeader

    @property
    def start(self) -> FilePosition:
        """Where the people start."""
        return self.header.start

    def lines(self, place: FilePosition) -> Iterator[FileLine]:
        """Return the lines from a place on; empty ones are left out."""
        with self.path.open("rb") as file:
            coming = _Coming(byte_lines(file, place))
            for line in coming:
                if line.is_long:
                    yield FileLine(line.after.line, line.after, problem="too-long")
                elif line.raw.strip(_NOTHING):
                    found = self._read(line, coming)
                    if found.problem or any(map(str.strip, found.row)):
                        yield found

    def _read(self, line: ByteLine, coming: _Coming) -> FileLine:
        number, after, row = line.after.line, line.after, list[str]()
        try:
            text = decoded(line.raw, self.encoding)
        except UnicodeDecodeError:
            shown = line.raw.decode("cp1252", "replace")
            return FileLine(number, after, problem="encoding", row=self._anyhow(shown))
        try:
            row = split(text, self.header.separator)
        except csv.Error as error:
            joined = self._joined(text, coming) if '"' in text else None
            if joined is None:
                problem = "quote-inside" if "expected after" in str(error) else "quotes"
                return FileLine(number, after, problem=problem, row=self._anyhow(text))
            row, after = joined
        return self._line(number, after, row)

    def _line(self, number: int, after: FilePosition, row: list[str]) -> FileLine:
        columns = len(self.header.titles)
        while len(row) > columns and not row[-1].strip():
            row.pop()
        if len(row) > columns:
            return FileLine(number, after, problem="too-many-cells", row=row)
        return FileLine(number, after, self.header.cells(row), row=row)

    def _joined(self, text: str, coming: _Coming) -> tuple[list[str], FilePosition] | None:
        """Return the cells of a line that goes on over the next ones, and where they end."""
        for count, line in enumerate(coming.ahead(_JOINED_LINES), 1):
            try:
                text += decoded(line.raw, self.encoding)
                row = split(text, self.header.separator)
            except (UnicodeDecodeError, csv.Error):
                continue
            if len(row) != len(self.header.titles):
                return None
            coming.skip(count)
            return row, line.after
        return None

    def _anyhow(self, text: str) -> list[str]:
        """Return something like the cells of a line that cannot be read, to be mended."""
        return text.rstrip("\r\n").replace('"', "").split(self.header.separator)


class _Coming:
    """Lines that can be looked at before they are taken."""

    def __init__(self, lines: Iterator[ByteLine]) -> None:
        self._lines = lines
        self._seen: deque[ByteLine] = deque()

    def __iter__(self) -> Iterator[ByteLine]:
        while True:
            line = self._seen.popleft() if self._seen else next(self._lines, None)
            if line is None:
                return
            yield line

    def ahead(self, most: int) -> Iterable[ByteLine]:
        """Yield some of the next lines without taking them."""
        for at in range(most):
            if at == len(self._seen):
                self._seen.extend(islice(self._lines, 1))
            if at == len(self._seen):
                return
            yield self._seen[at]

    def skip(self, count: int) -> None:
        """Take lines that were looked at."""
        for _ in range(count):
            self._seen.popleft()


def open_people_file(path: Path) -> PeopleFile:
    """Look a file through; raises `BadFileError`, `OSError`."""
    digest, encoding = look_through(path)
    with path.open("rb") as file:
        header = find_header(_first_lines(byte_lines(file, FilePosition()), encoding))
    return PeopleFile(path, digest, path.stat().st_size, encoding, header)


def _first_lines(lines: Iterator[ByteLine], encoding: str) -> Iterator[tuple[str, FilePosition]]:
    """Yield the first lines that say something; one with an open quote goes on over the next."""
    text, is_open = "", False
    for line in islice(lines, FIRST_LINES):
        try:
            more = decoded(line.raw.removeprefix(MARK), encoding)
        except UnicodeDecodeError:
            continue
        text = text + more if is_open else more
        is_open = text.count('"') % 2 == 1
        if not is_open and text.strip(_NOTHING.decode()):
            yield text, line.after
