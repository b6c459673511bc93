"""The rejected lines of a file: a file beside it, for whoever corrects them.

One line for each problem: line number, column, reason in words. It is written, and safe on the
disk, before the campaign moves past those lines; what it holds beyond where a killed campaign had
come is taken back. Its owner's only (0600), in UTF-8 with a byte order mark and semicolons, as
spreadsheets open it.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from espace_tui.i18n import Text, Texts
from espace_tui.operating.csv_file import BadFileError

Problem = tuple[int, str, Text]
"""A line number, a column, and the text that says what is wrong."""


class Rejects:
    """The rejects of one campaign, which goes on after a line; the first problem makes the file."""

    def __init__(self, path: Path, texts: Texts, line: int) -> None:
        self.path = path
        self._texts = texts
        if path.exists():
            self._take_back(line)

    def add(self, problems: Iterable[Problem]) -> None:
        """Write problems."""
        said = [(str(line), column, self._texts(reason)) for line, column, reason in problems]
        if said:
            self._write(said)

    def _take_back(self, line: int) -> None:
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                _, *rows = list(csv.reader(file, delimiter=";")) or [[]]
        except (UnicodeDecodeError, csv.Error):
            raise BadFileError("not-rejects", path=self.path) from None
        if not all(row and row[0].isdecimal() for row in rows):
            raise BadFileError("not-rejects", path=self.path)
        self.path.unlink()
        kept = [row for row in rows if int(row[0]) <= line]
        if kept:
            self._write(kept)

    def _write(self, rows: Sequence[Sequence[str]]) -> None:
        is_new = not self.path.exists()
        descriptor = os.open(self.path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8", newline="") as file:
            if is_new:
                names = [self._texts(f"operator.rejects.{name}") for name in _HEADER]
                file.write("\ufeff")
                rows = [names, *rows]
            csv.writer(file, delimiter=";").writerows(rows)
            file.flush()
            os.fsync(file.fileno())


_HEADER = ("line", "column", "reason")
