"""The one-time code received by e-mail or SMS: 6 digits, the first of which may be 0.

The whole message may be pasted: the digits that follow or precede the word « code » win over a
date, an amount or a telephone number.

    >>> parse("Votre code d’accès : 034 567. Il expire dans 10 minutes. Aide : 3422")
    '034567'
    >>> parse("34567")
    Traceback (most recent call last):
    espace_tui.errors.InvalidValue: one_time_code.length
"""

from __future__ import annotations

import re
from typing import NoReturn

from espace_tui.errors import InvalidValue
from espace_tui.validators import (
    MESSAGE,
    Span,
    compact,
    foreign_digits,
    is_of_something_else,
    is_sentence,
    names_only,
    plain,
    spans,
    spelled,
    unshifted,
    without_words,
)

LENGTH = 6
GROUP = 3
LONG = 16
"""What a service sends for a forgotten password whose short codes were used up, in fours."""
LONG_GROUP = 4

_DIGITS = re.compile("[0-9]+")
_STRANGE = re.compile("[^0-9]")
_DATE = re.compile(r"[0-9]{2}([-.])[0-9]{2}\1[0-9]{2}")
_LABEL = re.compile(r"\bcode\b", re.IGNORECASE)
_NEARBY = 40
"""How far around a code its label is looked for."""
_ATTACHED_BEFORE = re.compile(r"(?:[\w€$+/@&?#%]|[0-9][-. ,])\Z")
_ATTACHED_AFTER = re.compile(r"[\w/@%]|[-. ,]?[0-9€$]")

Rank = tuple[bool, bool, bool, int, int]


def parse(text: str, length: int = LENGTH) -> str:
    """Return the code of `length` digits that stands in a text, alone or in a whole message."""
    line = plain(text, MESSAGE)
    found = _find(line, length)
    if not found:
        _refuse(line, length)
    return found


def parse_either(text: str, length: int = LENGTH) -> str:
    """Return the long code that stands in a text, or the one of `length` digits."""
    return _find(plain(text, MESSAGE), LONG) or parse(text, length)


def normalize(text: str) -> str:
    """Return the code found in a pasted text, or the text on one line."""
    line = plain(text, MESSAGE)
    return _find(line, LENGTH) or line


def normalize_either(text: str) -> str:
    """Return the long or the short code found in a pasted text, or the text on one line."""
    return _find(plain(text, MESSAGE), LONG) or normalize(text)


def groups(text: str) -> tuple[str, ...]:
    """Return a code, or the beginning of one, in groups of three."""
    return _grouped(text, LENGTH, GROUP)


def groups_of_either(text: str) -> tuple[str, ...]:
    """Return a short code in groups of three, a longer one in groups of four."""
    short = groups(text)
    return short if len("".join(short)) <= LENGTH else _grouped(text, LONG, LONG_GROUP)


def _grouped(text: str, length: int, size: int) -> tuple[str, ...]:
    line = plain(text)
    code = _find(line, length) or compact(without_words(line))
    return tuple(code[at : at + size] for at in range(0, len(code), size))


def _find(line: str, length: int) -> str:
    """Return the most likely code of a text, or nothing."""
    alone = "" if is_sentence(line) else compact(without_words(line))
    if len(alone) == length and _DIGITS.fullmatch(alone):
        return alone
    likely = (span for span in spans(line, length) if _could_be(line, span))
    best = max(likely, key=lambda span: _rank(line, span), default=None)
    return best.value if best else ""


def _could_be(line: str, span: Span) -> bool:
    """Tell whether a span can be a code: even groups of digits, not a part of something longer."""
    if not _DIGITS.fullmatch(span.value) or len({len(group) for group in span.groups}) > 1:
        return False
    before = line[max(0, span.start - 2) : span.start]
    return not (_ATTACHED_BEFORE.search(before) or _ATTACHED_AFTER.match(line, span.end))


def _rank(line: str, span: Span) -> Rank:
    """Order candidates: the word « code » before, or after; then in one piece; then the first.

    After that word any writing but that of a date is as good: « Code : 034 567. Dossier 123456 ».
    What is said to be the number of something else comes last of those with that word.
    """
    before = line[max(0, span.start - _NEARBY) : span.start]
    after = line[span.end : span.end + _NEARBY]
    follows = bool(_LABEL.search(before)) and not _DATE.fullmatch(line, span.start, span.end)
    is_likely = follows and not is_of_something_else(before)
    precedes = not follows and bool(_LABEL.search(after))
    pieces = 0 if follows else len(span.groups)
    return is_likely, precedes, follows, -pieces, -span.start


def _refuse(line: str, length: int) -> NoReturn:
    if digits := unshifted(line):
        raise InvalidValue("one_time_code.shift", suggestion=digits, expected=length)
    if strange := foreign_digits(line):
        raise InvalidValue("one_time_code.digits", characters=spelled(strange), expected=length)
    code = compact(without_words(line))
    if not code and names_only(line):
        raise InvalidValue("one_time_code.missing", expected=length)
    if not code or is_sentence(line):
        raise InvalidValue("one_time_code.not-found", expected=length)
    if strange := "".join(_STRANGE.findall(code)):
        raise InvalidValue("one_time_code.characters", characters=spelled(strange), expected=length)
    raise InvalidValue("one_time_code.length", found=len(code), expected=length)
