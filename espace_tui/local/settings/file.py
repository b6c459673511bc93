"""The settings file: TOML, written by hand. No file is no setting."""

from __future__ import annotations

import codecs
import errno
import stat
from pathlib import Path

from espace_tui.errors import InvalidSettings
from espace_tui.i18n.spelling import nearest
from espace_tui.local import lazy
from espace_tui.local.settings.fields import FIELDS

LONGEST = 1_048_576
"""Bytes of the longest file."""
LONGEST_TOLD = 120
REASONS = {
    errno.ENOENT: "absent",
    errno.ENOTDIR: "absent",
    errno.EISDIR: "a-folder",
    errno.ENAMETOOLONG: "name-too-long",
    errno.ELOOP: "link-loop",
    errno.EFBIG: "not-settings",
}
"""Why a file cannot be read; any other reason is that it is not ours to read."""


def read_settings_file(path: Path, *, required: bool = True) -> dict[str, object]:
    """Return the fields a file sets; raises `InvalidSettings` naming the file and the key.

    Unless it is `required`, no file is no setting, nor is one that belongs to somebody else (after
    ``su`` or ``sudo``, the home is another's).
    """
    absent = (FileNotFoundError, NotADirectoryError, PermissionError)
    try:
        content = _read(path)
    except OSError as error:
        if isinstance(error, absent) and not required:
            return {}
        code = REASONS.get(error.errno or 0, "unreadable")
        raise InvalidSettings(code, place=_in_short(path)) from None
    return {
        name: _parse_field(str(path), name, found)
        for name, found in parse_toml(path, content).items()
    }


def _read(path: Path) -> bytes:
    """Return what a file holds: one that never ends, or that waits for a writer, is not read."""
    if stat.S_ISFIFO(path.stat().st_mode) and path.parent.name != "fd":
        raise OSError(errno.EFBIG, "a pipe that has a name")
    with path.open("rb") as file:
        content = file.read(LONGEST + 1)
    if len(content) > LONGEST:
        raise OSError(errno.EFBIG, "no settings are so long")
    return content


def _in_short(path: Path) -> str:
    """Return a path as it is told, by its end where it is long."""
    told = str(path)
    return told if len(told) <= LONGEST_TOLD else f"…{told[-LONGEST_TOLD:]}"


def parse_toml(path: Path, content: bytes) -> dict[str, object]:
    """Return the content of a file; raises `InvalidSettings` naming the file and the line."""
    try:
        return lazy.tomllib.loads(content.removeprefix(codecs.BOM_UTF8).decode())
    except (lazy.tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = _error_line(error, content)
        raise InvalidSettings("not-toml", place=path, line=line) from None


def _error_line(error: ValueError, content: bytes) -> int:
    """Return the line of a mistake; TOML's own message holds it, in English."""
    if isinstance(error, UnicodeDecodeError):
        return content.count(b"\n", 0, error.start) + 1
    found = str(error).partition("at line ")[2].partition(",")[0]
    return int(found) if found else content.count(b"\n") + 1


def _parse_field(source: str, name: str, value: object) -> object:
    if name not in FIELDS:
        near = nearest(name, FIELDS)
        raise InvalidSettings("unknown-key", place=source, key=name, nearest=near)
    return FIELDS[name](source, name, value)
