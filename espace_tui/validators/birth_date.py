"""A birth date, as it stands on a French paper or in words.

Read: « 03/01/1984 », « 3.1.1984 », « 03011984 », « 1984-01-03 », « 3 janvier 1984 »,
"3 January 1984", "January 3, 1984", with or without a midnight after it, as a spreadsheet or a
program writes it; any other hour is refused, since the day may then be another one here. Figures
go day, month, year: the only other order is the one that begins with the year. A year of two
digits is refused: 24 is someone of two or of a hundred and two.

A day or a month that the papers leave out (00) is not made up: it is named, with whom to ask.

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
from espace_tui.validators import foreign_digits, plain, spelled, unshifted

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
_MIDNIGHT = re.compile(
    "[t ,]+0?0 ?[:h] ?00(?::00(?:[.,]0+)?)?(?: ?(?:z|utc|gmt)?(?:[+-][0-9:]{4,5})?)"
    r"(?: ?[\[(][^\])]*[\])])?$"
)
_OF_SPREADSHEET = re.compile("[0-9]{5}(?:[.,][0-9]+)?")
_LEFT_OUT = re.compile(
    r"(?<![^\W_])(?:x{1,2}|n[dcr]|nn|jj|mm|dd|[*?#_]{1,2}|(?:--|\.\.)(?=/))(?![^\W_])"
)
"""How what is not known is written: « XX/XX/1958 », « 1958-??-?? »."""
_LAST_DAY, _LAST_MONTH = 31, 12


def parse(text: str, today: date | None = None) -> date:
    """Return the day a person was born; `today` is the computer's date by default."""
    line = plain(text)
    if not line:
        raise InvalidValue("birth_date.missing")
    if found := foreign_digits(line):
        raise InvalidValue("birth_date.digits", characters=spelled(found))
    if digits := unshifted(line):
        raise InvalidValue("birth_date.shift", suggestion=digits.replace(":", "/"))
    words = _MIDNIGHT.sub("", _unaccented(line))
    if _OF_SPREADSHEET.fullmatch(words):
        raise InvalidValue("birth_date.spreadsheet")
    day = _day(*_in_order(_LEFT_OUT.sub("00", words)))
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
    match figures, months:
        case [_, _, _], []:
            three = figures
        case [first, last], [month]:
            three = [first, month, last]
        case [alone], []:
            three = _split(alone)
        case _:
            three = []
    if not three:
        raise InvalidValue("birth_date.format")
    return three[::-1] if len(three[0]) == len("YYYY") else three


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
    if not (int(day) and int(month)):
        raise InvalidValue("birth_date.unknown-day")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        swapped = int(day) <= _LAST_MONTH < int(month) <= _LAST_DAY
        code = "month-first" if swapped else "impossible"
        raise InvalidValue(f"birth_date.{code}") from None
