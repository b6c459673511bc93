"""The diagnostic log: only if the person accepted it, and never a word about them.

The records of our own modules (`espace_tui…`), dated; those of libraries are left out. 0600 in a
0700 folder. It starts again when it is full; refusing it later deletes it.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from pathlib import Path

from espace_tui.errors import Unreachable
from espace_tui.local import private_files

MAX_SIZE = 200_000
_FORMAT = "%(asctime)sZ %(levelname)s %(name)s %(message)s"
_logger = logging.getLogger("espace_tui")


def enable(path: Path) -> None:
    """Begin to write the log, unless it is begun; a computer where one cannot write has none."""
    if _logger.handlers:
        return
    with suppress(OSError, Unreachable):
        private_files.ensure_folder(path.parent)
        if path.exists() and path.stat().st_size > MAX_SIZE:
            path.unlink()
        private_files.ensure_file(path)
        handler = logging.FileHandler(path, encoding="utf-8")
        handler.setFormatter(_formatter())
        _logger.addHandler(handler)
        _logger.setLevel(logging.INFO)
        _logger.propagate = False


def close() -> None:
    """Write no more."""
    for handler in tuple(_logger.handlers):
        _logger.removeHandler(handler)
        handler.close()


def disable(path: Path) -> None:
    """Stop, and remove what was written."""
    close()
    with suppress(OSError):
        path.unlink()


def _formatter() -> logging.Formatter:
    formatter = logging.Formatter(_FORMAT, "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    return formatter
