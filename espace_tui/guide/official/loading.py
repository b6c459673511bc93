"""Which file of the official journey is used: that of this release, or a newer one of the user's.

An association can correct a screen without a release: its file stands in the folder ``official`` of
the configuration. A damaged or hostile one is refused, never passed over in silence.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from pathlib import Path

from espace_tui.errors import InvalidSettings
from espace_tui.guide.official.bundled import BUNDLED
from espace_tui.guide.official.model import Official
from espace_tui.guide.official.schema import Checker

FILE_BYTES = 256 * 1024
FILES = 20
"""So many files of the folder are read."""

_AT_LINE = re.compile("at line ([0-9]+)")


def load(folder: Path | None = None) -> Official:
    """Return the newest journey; raises `InvalidSettings` naming the file and line at fault."""
    known = [read(BUNDLED), *map(read, own_files(folder))]
    return max(known, key=lambda official: official.noted)


def own_files(folder: Path | None) -> list[Path]:
    """Return the files of the user's folder."""
    if folder is None or not folder.is_dir():
        return []
    return sorted(folder.glob("*.toml"))[:FILES]


def read(path: Path) -> Official:
    """Read and check one file."""
    text = _text(path)
    try:
        found = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        line = _AT_LINE.search(str(error))
        number = int(line[1]) if line else len(text.splitlines())
        raise InvalidSettings("not-toml", place=str(path), line=number) from None
    return Checker(str(path), text).read(found)


def _text(path: Path) -> str:
    """Return the text of a regular file of a reasonable size."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
            data = file.read(FILE_BYTES + 1) if regular else b""
        text = data.decode("utf-8")
    except (OSError, UnicodeError):
        raise InvalidSettings("unreadable", place=str(path)) from None
    if not regular:
        raise InvalidSettings("unreadable", place=str(path))
    if len(data) > FILE_BYTES:
        raise InvalidSettings("official-too-long", place=str(path), line=1, key="")
    return text
