"""The standard streams: any text can be written, and a closed pipe is not a crash."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

from espace_tui.i18n.ascii_fallback import ASCII_FALLBACK


def prepare() -> None:
    """Let both streams write every character, in ASCII where their encoding lacks it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=ASCII_FALLBACK)


def flush() -> bool:
    """Flush both streams and return whether all was written.

    A stream that cannot be is sent to the null device, so that Python does not report it at exit.
    """
    is_written = True
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            is_written = False
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return is_written
