"""The standard streams: any words can be written, and a reader that left is no crash.

Where an encoding lacks a letter, the plain one stands in its place.

    >>> "Déjà prêt… 3 ½".encode("ascii", ASCII_FALLBACK).decode()
    'Deja pret... 3 12'
"""

from __future__ import annotations

import codecs
import os
import sys
from io import TextIOWrapper
from unicodedata import normalize

ASCII_FALLBACK = "espace-plain"
_LOOK_ALIKE = str.maketrans({"’": "'", "«": '"', "»": '"', "“": '"', "”": '"', "…": "..."})


def prepare() -> None:
    """Let both streams write every character, plainly where their encoding has it not."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=ASCII_FALLBACK)


def flush() -> bool:
    """Flush what was said; tell whether it went. Python will not complain of it again."""
    went = True
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            went = False
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return went


def _to_ascii(error: UnicodeError) -> tuple[str, int]:
    """Write « é » as « e » rather than not at all."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    words = normalize("NFKD", error.object[error.start : error.end].translate(_LOOK_ALIKE))
    return words.encode("ascii", "ignore").decode() or "?", error.end


codecs.register_error(ASCII_FALLBACK, _to_ascii)
