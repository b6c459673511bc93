"""The settings file: TOML, written by hand. No file is no setting."""

from __future__ import annotations

import codecs
from pathlib import Path

from espace_tui.errors import InvalidSettings
from espace_tui.i18n.spelling import nearest
from espace_tui.local import lazy
from espace_tui.local.settings.fields import FIELDS


def read_settings_file(path: Path, *, required: bool = True) -> dict[str, object]:
    """Return the fields a file sets; raises `InvalidSettings` naming the file and the key.

    Unless it is `required`, no file is no setting, nor is one that belongs to somebody else (after
    ``su`` or ``sudo``, the home is another's).
    """
    absent = (FileNotFoundError, NotADirectoryError, PermissionError)
    try:
        content = path.read_bytes()
    except OSError as error:
        if isinstance(error, absent) and not required:
            return {}
        raise InvalidSettings("unreadable", place=path) from None
    return {
        name: _parse_field(str(path), name, found)
        for name, found in parse_toml(path, content).items()
    }


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
