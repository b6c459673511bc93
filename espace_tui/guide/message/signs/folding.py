"""Letters made comparable: small, without accents, and read as the Latin ones they look like.

>>> fold("Саrtе Vi\u200btale")
'carte vitale'
"""

from __future__ import annotations

import re
import unicodedata

_LOOKS_LIKE = str.maketrans(
    "аеорсухіѕјһԁӏвтмнкαορνιεκτυχβηıɑɡօ" + "’`‘´",
    "aeopcyxisjhdlbtmhkaopviektuxbniago" + "''''",
)
"""Cyrillic, Greek and other letters that are drawn as Latin ones, and apostrophes."""
_TWO_LETTERS = str.maketrans({"œ": "oe", "æ": "ae"})
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)
_MIXED = re.compile("[A-Za-z][\u0370-\u03ff\u0400-\u052f]|[\u0370-\u03ff\u0400-\u052f][A-Za-z]")


def fold(text: str) -> str:
    """Return a text as somebody reads it, in small letters without accents."""
    apart = unicodedata.normalize("NFKD", without_invisible(text).casefold())
    bare = apart if apart.isascii() else re.sub("[\u0300-\u036f]", "", apart)
    return bare.translate(_LOOKS_LIKE).translate(_TWO_LETTERS)


def without_invisible(text: str) -> str:
    """Return a text without what takes no room."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def mixes_alphabets(text: str) -> bool:
    """Tell whether a word is written with letters of two alphabets."""
    return not text.isascii() and bool(_MIXED.search(text))
