"""A birth date, as it stands on a French paper or in words.

Read: « 03/01/1984 », « 3.1.1984 », « 03011984 », « 1984-01-03 », « 3 janvier 1984 »,
"3 January 1984", "January 3, 1984". Figures go day, month, year: the only other order is the
one that begins with the year. A year of two digits is refused: 24 is someone of two or of a
hundred and two.

    >>> parse("Né le 1er janvier 1984")
    datetime.date(1984, 1, 1)
    >>> parse("3.1.84")
    Traceback (most recent call last):
    espace_tui.errors.InvalidValue: birth_date.ambiguous
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime

from espace_tui.errors import InvalidValue
from espace_tui.validators import foreign_digits, plain, spelled

OLDEST = 130
"""Nobody is known to have lived that many years."""

_MONTHS = (
    ("janvier", "january", "janv", "jan"),
    ("fevrier", "february", "fevr", "fev", "feb"),
    ("mars", "march", "mar"),
    ("avril", "april", "avr", "apr"),
    ("mai", "may"),
    ("juin", "june", "jun"),
    ("juillet", "july", "juil", "jul"),
    ("aout", "august", "aug"),
    ("septembre", "september", "sept", "sep"),
    ("octobre", "october", "oct"),
    ("novembre", "november", "nov"),
    ("decembre", "december", "dec"),
)
_NUMBER_OF = {name: str(number) for number, names in enumerate(_MONTHS, 1) for name in names}
_FIGURES = re.compile("[0-9]+")
_WORDS = re.compile("[a-z]+")
_DAY_FIRST = re.compile("([0-9]{2})([0-9]{2})((?:18|19|20|21)[0-9]{2})")
_YEAR_FIRST = re.compile("((?:18|19|20|21)[0-9]{2})([0-9]{2})([0-9]{2})")
_SHORT = re.compile("[0-9]{6}")


def parse(text: str, today: date | None = None) -> date:
    """Return the day a person was born; `today` is the computer's date by default."""
    line = plain(text)
    if not line:
        raise InvalidValue("birth_date.missing")
    if found := foreign_digits(line):
        raise InvalidValue("birth_date.digits", characters=spelled(found))
    day = _day(*_in_order(_unaccented(line)))
    now = today or datetime.now(UTC).astimezone().date()
    if day > now:
        raise InvalidValue("birth_date.future", day=day)
    if now.year - day.year > OLDEST:
        raise InvalidValue("birth_date.too-old", day=day)
    return day


def normalize(text: str) -> str:
    """Return a pasted date on one line."""
    return plain(text)


def _unaccented(line: str) -> str:
    apart = unicodedata.normalize("NFD", line.casefold())
    return "".join(c for c in apart if unicodedata.category(c) != "Mn")


def _in_order(line: str) -> list[str]:
    """Return the day, month and year of a line, in figures."""
    figures = _FIGURES.findall(line)
    months = [_NUMBER_OF[word] for word in _WORDS.findall(line) if word in _NUMBER_OF]
    if len(months) == 1 and len(figures) == len(("day", "year")):
        figures.insert(1, months[0])
    elif not months and len(figures) == 1:
        figures = _split(figures[0])
    if len(figures) != len(("day", "month", "year")) or len(months) > 1:
        raise InvalidValue("birth_date.format")
    return figures[::-1] if len(figures[0]) == len("YYYY") else figures


def _split(figures: str) -> list[str]:
    if _SHORT.fullmatch(figures):
        return [figures[:2], figures[2:4], figures[4:]]
    found = _DAY_FIRST.fullmatch(figures) or _YEAR_FIRST.fullmatch(figures)
    return list(found.groups()) if found else []


def _day(day: str, month: str, year: str) -> date:
    if max(len(day), len(month)) > len("DD") or len(year) not in {len("YY"), len("YYYY")}:
        raise InvalidValue("birth_date.format")
    if len(year) == len("YY"):
        raise InvalidValue("birth_date.ambiguous", year=year)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        code = "month-first" if int(day) <= 12 < int(month) <= 31 else "impossible"  # noqa: PLR2004
        raise InvalidValue(f"birth_date.{code}") from None
