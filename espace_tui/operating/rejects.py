"""The lines of a file that could not be taken, or that deserve a second look: a file beside it.

Each is there as it stood, after its number, the title of each column at fault, the code and the
reason in words: mended in that very file, they can be sent in again. No cell is a formula. They are
written, and safe on the disk, before the campaign moves past those lines; what the file holds
beyond where a killed campaign had come is taken back. Its owner's only (0600), in UTF-8 with a byte
order mark and semicolons, as spreadsheets open it. What cannot be written is `Unreachable`: the
campaign stops there, and goes on once it can be.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from espace_tui.i18n import Text, Texts
from espace_tui.local.private_files import os_errors
from espace_tui.operating.sheet.cells import without_formula
from espace_tui.operating.sheet.errors import BadFileError
from espace_tui.operating.sheet.header import REPORT, is_report, report_names

_FAMILIES = ("operator.reason.", "operator.doubt.")


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line of the file, and what is to be said of it: titles of columns, each with a text."""

    number: int
    problems: Sequence[tuple[str, Text]]
    row: Sequence[str] = field(default=(), repr=False)


class Rejects:
    """What is told of one campaign, which goes on after a line; the first one makes the file."""

    def __init__(self, path: Path, texts: Texts, line: int, titles: Sequence[str] = ()) -> None:
        self.path = path
        self._texts = texts
        self._titles = titles[len(REPORT) :] if is_report(titles) else titles
        self._skipped = len(titles) - len(self._titles)
        if path.exists():
            self._take_back(line)

    def add(self, lines: Iterable[ToldLine]) -> None:
        """Keep lines with what is said of them."""
        rows = [self._row(line) for line in lines]
        if rows:
            self._append(rows)

    def _row(self, line: ToldLine) -> list[str]:
        columns = dict.fromkeys(column for column, _ in line.problems if column)
        return [
            str(line.number),
            ", ".join(columns),
            ", ".join(dict.fromkeys(code_of(text) for _, text in line.problems)),
            " ".join(dict.fromkeys(self._texts(text) for _, text in line.problems)),
            *line.row[self._skipped :],
        ]

    def _take_back(self, line: int) -> None:
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            try:
                rows = csv.reader(file, delimiter=";")
                titles = next(rows, [])
                if titles and not is_report(titles):
                    raise BadFileError("not-rejects", path=self.path)
                self._rewrite(titles, (row for row in rows if _is_until(row, line)))
            except (UnicodeDecodeError, csv.Error):
                raise BadFileError("not-rejects", path=self.path) from None

    def _rewrite(self, titles: Sequence[str], rows: Iterator[Sequence[str]]) -> None:
        """Keep some rows: a new file takes the place of the old one, which goes if none is kept."""
        first = next(rows, None)
        if first is None:
            self.path.unlink()
            return
        aside = self.path.with_name(f"{self.path.name}.part")
        aside.unlink(missing_ok=True)
        _write(aside, chain((titles, first), rows), mark="\ufeff")
        aside.replace(self.path)

    def _append(self, rows: Sequence[Sequence[str]]) -> None:
        is_new = not self.path.exists()
        titles = [*report_names(self._texts.language), *self._titles]
        _write(self.path, [titles, *rows] if is_new else rows, mark="\ufeff" if is_new else "")


def code_of(text: Text) -> str:
    """Return the code of what is said of a line."""
    for family in _FAMILIES:
        if text.id.startswith(family):
            return text.id.removeprefix(family)
    return text.id


def _is_until(row: Sequence[str], line: int) -> bool:
    return bool(row) and row[0].isdecimal() and int(row[0]) <= line


def _write(path: Path, rows: Iterable[Sequence[str]], mark: str) -> None:
    flags = os.O_CREAT | os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW
    with (
        os_errors(),
        os.fdopen(os.open(path, flags, 0o600), "a", encoding="utf-8", newline="") as file,
    ):
        file.write(mark)
        writer = csv.writer(file, delimiter=";")
        writer.writerows([without_formula(cell) for cell in row] for row in rows)
        file.flush()
        os.fsync(file.fileno())
