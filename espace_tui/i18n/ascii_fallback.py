"""Writing a text in an encoding that lacks some of its letters: plain ones stand in their place.

>>> "Déjà prêt… « œuf » 3 ½ ☃".encode("ascii", ASCII_FALLBACK).decode()
'Deja pret... " oeuf " 3 12 ?'
"""

from __future__ import annotations

import codecs
from unicodedata import normalize

ASCII_FALLBACK = "espace-ascii"
"""The error handler's name, for `str.encode` and the streams."""
_LOOK_ALIKE = str.maketrans(
    {
        **dict.fromkeys("«»“”", '"'),
        "‘": "'",
        "’": "'",
        "…": "...",
        "œ": "oe",
        "Œ": "OE",
    }
)


def _to_ascii(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end].translate(_LOOK_ALIKE)
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode()
    return plain or "?", error.end


codecs.register_error(ASCII_FALLBACK, _to_ascii)
