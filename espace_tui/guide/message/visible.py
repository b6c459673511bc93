r"""Foreign text made harmless: what cannot be seen, or moves what is seen, becomes a visible word.

Control characters, direction marks (bidi), zero-width and private characters, and marks piled on
one letter show as ``[U+202E]``, a run of the same one as ``[U+200C ×40]``. Variation selectors,
which only choose the look of an emoji, are left out.

    >>> visible("ameli\u202ermf.exe\x1b[2J")
    'ameli[U+202E]rmf.exe[U+001B][2J'
    >>> line("Bonjour\r\n Camille", 9)
    'Bonjour …'
"""

from __future__ import annotations

import re
import unicodedata

_MARKS_IN_A_ROW = 2
_TAGS = range(0xE0000, 0xF0000)
_SELECTORS = re.compile("[\ufe00-\ufe0f]")
_BLANKS = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u00ad]+")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SUSPECTS = re.compile(
    r"([^\n\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u058f\u2010-\u2027\u2030-\u205e"
    r"\u2070-\u2bff])\1*"
)
_PILED = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3,}"
)
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069\u061c\u200e\u200f]")
_ZERO_WIDTH_INSIDE = re.compile("[A-Za-z][\u200b-\u200d\u2060\ufeff][A-Za-z]")


def visible(text: str) -> str:
    """Return a text of several lines in which everything can be seen."""
    lines = _LINE_ENDS.sub("\n", _SELECTORS.sub("", text))
    shown = _SUSPECTS.sub(_named, _BLANKS.sub(" ", lines))
    return _PILED.sub(lambda piled: piled[0][:_MARKS_IN_A_ROW] + f"[×{len(piled[0])}]", shown)


def line(text: str, longest: int) -> str:
    """Return a text on one line, everything in it visible, of at most `longest` characters."""
    shown = " ".join(visible(text[: 4 * longest]).split())
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


def misleads(text: str) -> bool:
    """Tell whether a text turns the direction of reading, or hides something inside words."""
    return bool(_DIRECTION.search(text) or _ZERO_WIDTH_INSIDE.search(text))


def _named(found: re.Match[str]) -> str:
    character, count = found[1], len(found[0])
    if unicodedata.category(character)[0] not in "CZ" and ord(character) not in _TAGS:
        return found[0]
    times = f" ×{count}" if count > 1 else ""
    return f"[U+{ord(character):04X}{times}]"
