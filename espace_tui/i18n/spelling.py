"""How words are compared when their exact letters do not matter.

>>> without_accents("Numéro de série")
'Numero de serie'
>>> nearest("drak", ["dark", "light"])
'dark'
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches


def without_accents(text: str) -> str:
    """Return a text without the accents of its letters, compatible characters taken apart."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if unicodedata.category(c) != "Mn")


def nearest(word: str, known: Iterable[str], *, likeness: float = 0.0) -> str:
    """Return the known word that looks most like another one; « » if none is so much like it.

    `likeness` goes from 0, anything, to 1, the same word.
    """
    return next(iter(get_close_matches(word, list(known), n=1, cutoff=likeness)), "")
