"""The diagnostic log: only if the person accepted it, and never a word about them.

What our own modules say (`espace_tui…`), with a date; libraries are not heard. 0600 in a 0700
folder. It begins anew when it has grown; refusing it later removes it.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from pathlib import Path

from espace_tui.activation import private
from espace_tui.errors import Unreachable

LARGEST = 200_000
_FORMAT = "%(asctime)sZ %(levelname)s %(name)s %(message)s"
_ours = logging.getLogger("espace_tui")


def keep(path: Path) -> None:
    """Begin to write the log, unless it is begun; a computer where one cannot write has none."""
    if _ours.handlers:
        return
    with suppress(OSError, Unreachable):
        private.folder(path.parent)
        if path.exists() and path.stat().st_size > LARGEST:
            path.unlink()
        private.file(path)
        handler = logging.FileHandler(path, encoding="utf-8")
        handler.setFormatter(_formatter())
        _ours.addHandler(handler)
        _ours.setLevel(logging.INFO)
        _ours.propagate = False


def stop() -> None:
    """Write no more."""
    for handler in tuple(_ours.handlers):
        _ours.removeHandler(handler)
        handler.close()


def forget(path: Path) -> None:
    """Stop, and remove what was written."""
    stop()
    with suppress(OSError):
        path.unlink()


def _formatter() -> logging.Formatter:
    formatter = logging.Formatter(_FORMAT, "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    return formatter
