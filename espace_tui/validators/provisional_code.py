"""The provisional code of the invitation: 12 characters of `[0-9A-Za-z]`, case kept.

It comes by mail or by letter, and is copied between windows: a whole mail that contains it is
understood, and a code in groups of four too. A word of twelve letters is only taken for a code
when it stands alone or right after « code : ». It is compared as typed, so `advise` names the
look-alikes to read again after a refusal.

    >>> parse("Votre code provisoire est AbC1 dEf2 GhI3. Le gouvernement…")
    'AbC1dEf2GhI3'
    >>> parse("AbC1")
    Traceback (most recent call last):
    espace_tui.errors.InvalidValue: code.length
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NoReturn

from espace_tui.errors import InvalidValue
from espace_tui.i18n import Text
from espace_tui.validators import (
    MESSAGE,
    Advice,
    Span,
    compact,
    foreign_digits,
    is_of_something_else,
    is_sentence,
    listed,
    plain,
    spans,
    spelled,
)

LENGTH = 12
GROUP = 4
MOST = 200
"""Candidates that are compared: no mail holds as many."""
LOOK_ALIKES = "0Oo1lI"

_CHARACTERS = re.compile("[0-9A-Za-z]+")
_STRANGE = re.compile("[^0-9A-Za-z]")
_ORDINARY = re.compile("[0-9]+|[A-Z]?[a-z]+|[A-Z]+")
_PREVIOUS = re.compile(r"([0-9A-Za-z]{1,11})[-_ .·]{1,3}\Z")
_BESIDE = 14
"""What a group before another and what joins them take up at most: eleven characters and three."""
_NEXT = re.compile("[-_ .·]{1,3}([0-9A-Za-z]+)")
_LABEL = re.compile(r"\b(?:code|provisoire|provisional)\b", re.IGNORECASE)
_SAYING = r"\b(?:code|provisoire|activation) ?(?:[:=]|est\b|is\b)[^0-9A-Za-z]*(?:(?:est|is)\b\W*)?"
_SAID = re.compile(rf"{_SAYING}\Z", re.IGNORECASE)
_LEAD = re.compile(rf"\W*(?:(?:\w+ ){{0,3}}{_SAYING})?", re.IGNORECASE)
_END = " .,;:!?»”\"')"
_BEFORE = 80
"""How far before a code its label is looked for."""
_ATTACHED_BEFORE = re.compile(r"(?:[\w@/&?#%]|\w[-.])\Z")
_ATTACHED_AFTER = re.compile(r"[\w@/]|-\w")

Rank = tuple[int, int, int, int, int, int]


def parse(text: str, length: int = LENGTH) -> str:
    """Return the code of `length` characters that stands in a text, alone or in a whole mail."""
    line = plain(text, MESSAGE)
    found = _find(line, length)
    if not found:
        _refuse(line, length)
    return found


def normalize(text: str) -> str:
    """Return the code found in a pasted text, or the text on one line."""
    line = plain(text, MESSAGE)
    return _find(line, LENGTH) or line


def groups(text: str) -> tuple[str, ...]:
    """Return a code, or the beginning of one, in groups of four."""
    line = plain(text)
    code = _find(line, LENGTH) or compact(line)
    return tuple(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def advise(value: str) -> tuple[Advice, ...]:
    """Name the characters of a code that are easily taken for one another."""
    seen = [Text(f"look-alike.{c}") for c in LOOK_ALIKES if c in value[:MESSAGE]]
    if not seen:
        return ()
    return (Advice(Text("advice.code.look-alikes", {"characters": listed(seen)})),)


def _find(line: str, length: int) -> str:
    """Return the most likely code of a text, or nothing."""
    core = _after_label(line)
    alone = Span(0, len(core), tuple(_CHARACTERS.findall(core)))
    if len(alone.value) == length and compact(core) == alone.value:
        return alone.value if _is_even(alone) or _variety(alone) else ""
    likely = (span for span in spans(line, length) if _is_even(span) and _could_be(line, span))
    best = max(islice(likely, MOST), key=lambda span: _rank(line, span), default=None)
    return best.value if best else ""


def _after_label(line: str) -> str:
    return _LEAD.sub("", line, count=1).rstrip(_END)


def _is_even(span: Span) -> bool:
    return len({len(group) for group in span.groups}) == 1


def _could_be(line: str, span: Span) -> bool:
    """Tell whether a span within a text can be a code: no ordinary word, no part of an address."""
    if not _CHARACTERS.fullmatch(span.value):
        return False
    if not _variety(span):
        return len(span.groups) == 1 and _is_said(line, span)
    if _ATTACHED_AFTER.match(line, span.end) or _ATTACHED_BEFORE.search(_just_before(line, span)):
        return False
    return not _is_longer(line, span)


def _just_before(line: str, span: Span) -> str:
    return line[max(0, span.start - 2) : span.start]


def _is_longer(line: str, span: Span) -> bool:
    """Tell whether one more group like its own, and no word, stands beside a code in groups."""
    if len(span.groups) == 1:
        return False
    size = len(span.groups[0])
    beside = (
        _PREVIOUS.search(line, max(0, span.start - _BESIDE), span.start),
        _NEXT.match(line, span.end),
    )
    groups = [found[1] for found in beside if found]
    return any(len(group) == size and not _ORDINARY.fullmatch(group) for group in groups)


def _rank(line: str, span: Span) -> Rank:
    """Order candidates: no number of something else, a label, varied characters, few words."""
    variety = _variety(span)
    before = _before(line, span)
    labelled = variety > 0 and _LABEL.search(before) is not None
    other = is_of_something_else(before)
    ordinary = sum(1 for group in span.groups if _ORDINARY.fullmatch(group))
    return -other, labelled, variety, _is_said(line, span), -ordinary, -span.start


def _variety(span: Span) -> int:
    """Return 2 for digits among letters, 1 for capitals among letters, 0 for words and numbers."""
    if all(_ORDINARY.fullmatch(group) for group in span.groups):
        return 0
    return 1 if span.value.isalpha() else 2


def _before(line: str, span: Span) -> str:
    return line[max(0, span.start - _BEFORE) : span.start]


def _is_said(line: str, span: Span) -> bool:
    return _SAID.search(_before(line, span)) is not None


def _refuse(line: str, length: int) -> NoReturn:
    if strange := foreign_digits(line):
        raise InvalidValue("code.digits", characters=spelled(strange), expected=length)
    code = compact(_after_label(line))
    if not code:
        raise InvalidValue("code.missing", expected=length)
    if is_sentence(line) or (len(code) == length and _CHARACTERS.fullmatch(code)):
        raise InvalidValue("code.not-found", expected=length)
    if strange := "".join(_STRANGE.findall(code)):
        raise InvalidValue("code.characters", characters=spelled(strange), expected=length)
    raise InvalidValue("code.length", found=len(code), expected=length)
