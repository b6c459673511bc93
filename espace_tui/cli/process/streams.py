"""The standard streams: any text can be read or written, and a closed pipe is not a crash.

A standard input or error that the caller closed leads nowhere; a standard output that is closed
stays Python's None, so that nothing is taken for done that nobody could read. No file of ours is
ever opened in the place of one of them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from io import TextIOWrapper

from espace_tui.errors import Refused
from espace_tui.i18n.ascii_fallback import ASCII_FALLBACK

LONGEST_LINE = 32_768
"""Characters of a line that can still be an answer."""


def prepare() -> None:
    """Let the streams take every character, in ASCII where their encoding lacks it."""
    for descriptor in range(3):
        _take(descriptor)
    sys.stdin = sys.stdin or os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8", closefd=False)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=ASCII_FALLBACK)
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")


def _take(descriptor: int) -> None:
    """Have a standard descriptor that is closed lead nowhere, and any other one wait.

    A program before us may have left it without waiting: what the terminal cannot take or give at
    once would then be an error.
    """
    try:
        os.set_blocking(descriptor, True)
    except OSError:
        opened = os.open(os.devnull, os.O_RDWR)
        if opened != descriptor:
            os.dup2(opened, descriptor)
            os.close(opened)


def read_lines() -> Iterator[str]:
    """Yield the lines of the standard input; raises `Refused` for one that never ends."""
    while line := sys.stdin.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            raise Refused("line-overlong")
        yield line.rstrip("\r\n")


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
