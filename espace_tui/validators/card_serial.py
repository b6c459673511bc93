"""The serial number of a Vitale card.

With a photo: 21 digits printed vertically between the photo and the edge, 10 + 10 + 1; the first
ten are always ``8025000002``, the person types the last 11. Without: 8 to 13 digits on the back,
top left. No check digit is enforced anywhere official, so none is here.

People type what is printed nearby: a date, a part of the NIR, the issuer's number. A misread is
refused by its name when the length is wrong anyway, or when ten digits or more coincide, which no
real serial number does (one chance in 10¹⁰). Eight or nine digits may coincide by accident: then
it is advice, because refusing a valid person is the worse error.

    >>> parse("8025000002 1234567890 1", CardKind.PHOTO)
    '12345678901'
    >>> parse("12 34 56 78", CardKind.PLAIN)
    '12345678'
    >>> [advice.text.id for advice in advise("03012020", CardKind.PLAIN)]
    ['advice.serial.date']
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from espace_tui.errors import InvalidValue
from espace_tui.i18n import Text
from espace_tui.validators import (
    Advice,
    compact,
    foreign_digits,
    names_only,
    plain,
    spans,
    spelled,
    unshifted,
    without_label,
    without_words,
)

PREFIX = "8025000002"
ISSUER = "80250000025"
SURE = 10
"""As many digits in common with the NIR or the issuer's number are no accident."""

_DATE = re.compile("(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])(?:19|20)[0-9]{2}")
_STRANGE = re.compile("[^0-9]")
_PHOTO_SIZES = (5, 5)
_FOUR = 4
_NOTHING_COMMON = 5


class CardKind(StrEnum):
    """The two kinds of Vitale card."""

    PHOTO = "photo"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class SerialRules:
    """What a backend publishes of serial numbers."""

    prefix: str = PREFIX
    photo_length: int = 11
    plain_min: int = 8
    plain_max: int = 13


RULES = SerialRules()


def parse(text: str, kind: CardKind, *, nir: str | None = None, rules: SerialRules = RULES) -> str:
    """Return the digits of a serial number, without the printed beginning of a card with photo.

    `nir` is the person's, where it is known: a part of it is a misread.
    """
    line, expected = plain(text), _expected(kind, rules)
    if digits := unshifted(line):
        grouped = " ".join(groups(digits, kind))
        raise InvalidValue("serial.shift", suggestion=grouped, expected=expected)
    number = _read(line, kind, rules)
    if not number:
        code = "missing" if names_only(line) else "no-digits"
        raise InvalidValue(f"serial.{code}", expected=expected)
    if strange := foreign_digits(number):
        raise InvalidValue("serial.digits", characters=spelled(strange), expected=expected)
    if strange := "".join(_STRANGE.findall(number)):
        raise InvalidValue("serial.characters", characters=spelled(strange), expected=expected)
    fits = _fits(number, kind, rules)
    if misread := _surely(number, nir) if fits else _misread(number, kind, rules, nir):
        raise InvalidValue(f"serial.{misread}", found=len(number), expected=expected)
    return number


def normalize(text: str, kind: CardKind | None = None) -> str:
    """Return the serial number found in a pasted text, or the text on one line."""
    line = plain(text)
    number = _read(line, kind, RULES)
    likely = RULES.plain_min <= len(number) <= len(PREFIX) + RULES.photo_length
    return number if likely and not _STRANGE.search(number) else line


def groups(text: str, kind: CardKind) -> tuple[str, ...]:
    """Return a serial number in short groups; the last digit of a card with photo stands apart."""
    number, found = _read(plain(text), kind, RULES), []
    for size in _PHOTO_SIZES if kind is CardKind.PHOTO else ():
        found.append(number[:size])
        number = number[size:]
    found += [number[at : at + _FOUR] for at in range(0, len(number), _FOUR)]
    return tuple(filter(None, found))


def advise(value: str, kind: CardKind, nir: str | None = None) -> tuple[Advice, ...]:
    """Return what the number of a card without photo also looks like: accidents do happen."""
    number = _read(plain(value), kind, RULES)
    if kind is CardKind.PHOTO or not _fits(number, kind, RULES):
        return ()
    name = "date" if _DATE.fullmatch(number) else _part_of(number, nir)
    return (Advice(Text(f"advice.serial.{name}")),) if name else ()


def _read(line: str, kind: CardKind | None, rules: SerialRules) -> str:
    """Return the digits of a line; in a sentence, those that follow the printed beginning."""
    words = without_words(without_label(line))
    number = compact(words)
    whole = len(rules.prefix) + rules.photo_length
    if len(number) > whole and words != line:
        found = (span.value for span in spans(words, whole))
        number = next((each for each in found if each.startswith(rules.prefix)), number)
    if kind is CardKind.PHOTO and len(number) == whole:
        return number.removeprefix(rules.prefix)
    return number


def _fits(number: str, kind: CardKind, rules: SerialRules) -> bool:
    if kind is CardKind.PHOTO:
        return len(number) == rules.photo_length
    return rules.plain_min <= len(number) <= rules.plain_max


def _expected(kind: CardKind, rules: SerialRules) -> Text:
    if kind is CardKind.PHOTO:
        return Text("serial.expected.photo", {"length": rules.photo_length, "prefix": rules.prefix})
    return Text("serial.expected.plain", {"min": rules.plain_min, "max": rules.plain_max})


# --- what was probably read instead


def _surely(number: str, nir: str | None) -> str:
    if len(number) >= SURE:
        return "issuer" if number.startswith(PREFIX) else _part_of(number, nir)
    return ""


def _part_of(number: str, nir: str | None) -> str:
    """Name the number nearby of which this one is a part, if there is one."""
    if len(number) < _NOTHING_COMMON:
        return ""
    if number in ISSUER:
        return "issuer"
    return "nir" if number in compact(without_words(plain(nir or ""))) else ""


def _misread(number: str, kind: CardKind, rules: SerialRules, nir: str | None) -> str:
    """Name what a number of the wrong length is; ``length`` when nothing is recognised."""
    if _DATE.fullmatch(number):
        return "date"
    if part := _part_of(number, nir):
        return part
    if kind is CardKind.PHOTO:
        rest = number.removeprefix(rules.prefix)
        return "ten-digits" if len(rest) == rules.photo_length - 1 else "length"
    whole = len(rules.prefix) + rules.photo_length
    return "is-photo" if number.startswith(rules.prefix) and len(number) == whole else "length"
