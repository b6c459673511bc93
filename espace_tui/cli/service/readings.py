"""The file of an operator's choices, in TOML: its tables, their keys, and how each is read.

>>> whole("service.toml", "port", "8480")
8480
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from espace_tui.errors import InvalidSettings
from espace_tui.policy import POLICIES
from espace_tui.settings.file import parse
from espace_tui.settings.reading import Read, folder, nearest, one_of, readable, table, words

_LARGEST = 65_535


def whole(place: str, key: str, found: object) -> int:
    """Read a whole number, a port at most."""
    text = str(found)
    if isinstance(found, bool) or not (text.isascii() and text.isdigit()) or int(text) > _LARGEST:
        raise InvalidSettings("not-a-number", place=place, key=key, found=found)
    return int(text)


def several(place: str, key: str, found: object) -> tuple[str, ...]:
    """Read a list of texts."""
    if not isinstance(found, list):
        raise InvalidSettings("not-a-list", place=place, key=key)
    return tuple(words(place, key, each) for each in found)


FIELDS: Mapping[str, Mapping[str, Read]] = {
    "": {
        "database": words,
        "database_password_file": folder,
        "keys": folder,
        "policy": one_of(tuple(POLICIES)),
        "log_level": one_of(("DEBUG", "INFO", "WARNING", "ERROR")),
    },
    "http": {
        "host": words,
        "port": whole,
        "metrics_host": words,
        "metrics_port": whole,
        "trusted_proxies": several,
        "certificate": readable,
        "private_key": readable,
        "grace": whole,
        "hash_queue": whole,
    },
    "mail": {
        "host": words,
        "port": whole,
        "tls": one_of(("starttls", "tls", "none")),
        "user": words,
        "password_file": folder,
        "sender": words,
        "authority": readable,
        "timeout": whole,
        "at_once": whole,
        "maildir": folder,
    },
    "sms": {
        "url": words,
        "method": one_of(("POST", "PUT", "GET")),
        "headers": table,
        "body": words,
        "secret_file": folder,
        "authority": readable,
        "timeout": whole,
        "at_once": whole,
        "spool": folder,
        "maildir": folder,
    },
}
"""The keys of each table; those that stand alone are in the table without a name."""


def read_file(path: Path) -> dict[str, dict[str, Any]]:
    """Return the tables of a file, all of them; raises `InvalidSettings` naming file and key."""
    try:
        content = parse(path, path.read_bytes())
    except OSError:
        raise InvalidSettings("unreadable", place=path) from None
    alone = {name: value for name, value in content.items() if name not in FIELDS}
    tables = {name: content.get(name, {}) for name in FIELDS if name} | {"": alone}
    return {name: _read(str(path), name, found) for name, found in tables.items()}


def _read(place: str, name: str, found: object) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise InvalidSettings("not-a-table", place=place, key=name)
    known, lead = FIELDS[name], f"{name}." if name else ""
    for key in found:
        if key not in known:
            near = nearest(f"{lead}{key}", _all())
            raise InvalidSettings("unknown-key", place=place, key=f"{lead}{key}", nearest=near)
    return {key: known[key](place, f"{lead}{key}", value) for key, value in found.items()}


def _all() -> list[str]:
    return [f"{name}.{key}".lstrip(".") for name, keys in FIELDS.items() for key in keys]
