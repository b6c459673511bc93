"""Where the titles of a file are, what parts its cells, and which cell is which column.

The line that names the most columns, among the first ones: a title of the whole table may stand
above it, or the « sep=; » that spreadsheets write for themselves.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.operating.sheet.errors import BadFileError, FilePosition
from espace_tui.operating.sheet.titles import NEEDED, column_of, preference

SEPARATORS = (",", ";", "\t", "|")
FIRST_LINES = 30
REPORT = ("line", "column", "code", "reason")
"""The columns that a file of rejects adds before those of the file."""
_SEPARATOR_LINE = re.compile("sep=(.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PeopleHeader:
    """The titles as the file has them, and the places of each column, the preferred one first."""

    titles: tuple[str, ...]
    separator: str
    start: FilePosition
    places: Mapping[str, tuple[int, ...]]

    @property
    def ignored(self) -> tuple[str, ...]:
        """The titles that name no column; those that a file of rejects added are not told."""
        known = {place for places in self.places.values() for place in places}
        first = len(REPORT) if is_report(self.titles) else 0
        return tuple(
            title
            for at, title in enumerate(self.titles)
            if title.strip() and at >= first and at not in known
        )

    @property
    def seconds(self) -> tuple[tuple[str, str], ...]:
        """The titles that are read where a preferred one says nothing, each with that one."""
        return tuple(
            (self.titles[other], self.titles[first])
            for first, *others in self.places.values()
            for other in others
        )

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """Return the cell of each column: the first that says something."""
        found, width = {}, len(row)
        for column, places in self.places.items():
            text = row[places[0]] if places[0] < width else ""
            if not text.strip() and len(places) > 1:
                others = (row[place] for place in places[1:] if place < width)
                text = next((other for other in others if other.strip()), "")
            found[column] = text
        return found

    def title(self, column: str, row: Sequence[str] = ()) -> str:
        """Return the title of a column as the file has it, or the column's own name.

        Of several titles, the one under which the row says something.
        """
        places = self.places.get(column, ())
        said = (place for place in places if place < len(row) and row[place].strip())
        return self.titles[next(said, places[0])].strip() if places else column


def report_names(language: str) -> tuple[str, ...]:
    """Return the titles of the columns that a file of rejects adds, in a language."""
    return tuple(Texts(language)(f"operator.rejects.{name}") for name in REPORT)


def is_report(titles: Sequence[str]) -> bool:
    """Tell whether the titles are those of a file of rejects."""
    return any(tuple(titles[: len(REPORT)]) == report_names(name) for name in LANGUAGES)


def find_header(lines: Iterable[tuple[str, FilePosition]]) -> PeopleHeader:
    """Return the header of the first lines of a file; raises `BadFileError`."""
    best, found, first, forced = 0, None, "", ""
    for text, after in lines:
        if said := _SEPARATOR_LINE.fullmatch(text.strip()):
            forced = said[1]
            continue
        sign = forced or separator(text)
        titles = _titles(text, sign)
        first = first or ", ".join(titles)
        named = set(map(column_of, titles)) - {""}
        if len(named) > best:
            best, found = len(named), (titles, sign, after)
        if named.issuperset(NEEDED):
            break
    if found is None:
        bad = BadFileError("missing-column", column=NEEDED[0], found=first)
        raise bad if first else BadFileError("header")
    return _header(*found)


def separator(header: str) -> str:
    """Return what parts the cells: whichever gives the most columns that have a known name."""
    return max(
        SEPARATORS,
        key=lambda sign: sum(bool(column_of(title.strip('"'))) for title in header.split(sign)),
    )


def split(text: str, separator: str) -> list[str]:
    """Return the cells of a line; raises `csv.Error` when its quotes are not balanced.

    Other ends of lines than those of a file (U+2028, a vertical tab) are a part of their cell.
    """
    return next(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True), [])


def _titles(text: str, sign: str) -> tuple[str, ...]:
    try:
        return tuple(" ".join(title.split()) for title in split(text, sign))
    except csv.Error:
        return ()


def _header(titles: tuple[str, ...], sign: str, start: FilePosition) -> PeopleHeader:
    named = sorted((preference(title), at) for at, title in enumerate(titles) if column_of(title))
    places: dict[str, tuple[int, ...]] = {}
    for (column, *_), at in named:
        before = places.get(column, ())
        if any(titles[at].casefold() == titles[other].casefold() for other in before):
            raise BadFileError("same-column", column=titles[at])
        places[column] = (*before, at)
    missing = [name for name in NEEDED if name not in places]
    if missing:
        shown = ", ".join(title for title in titles if title)
        raise BadFileError("missing-column", column=missing[0], found=shown)
    return PeopleHeader(titles, sign, start, places)
