"""The standard streams: any words can be written, and a reader that left is no crash.

Where an encoding lacks a letter, the plain one stands in its place.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

from espace_tui.i18n.ascii_fallback import ASCII_FALLBACK


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
