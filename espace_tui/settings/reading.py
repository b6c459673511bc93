"""How one value is read: ``read(place, key, found) -> clean value``, or `InvalidSettings`.

`found` is what TOML gives (text, number, true or false, table), or the text of a variable.

    >>> switch("ESPACE_MOUSE", "mouse", "non")
    False
    >>> table("ESPACE_BACKEND_OPTIONS", "backend_options", "url=https://exemple.fr wait=3")
    {'url': 'https://exemple.fr', 'wait': '3'}
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from espace_tui.errors import InvalidSettings

Read = Callable[[str, str, object], object]
ON = frozenset({"1", "true", "yes", "on", "oui"})
OFF = frozenset({"0", "false", "no", "off", "non"})


def one_of(accepted: tuple[str, ...]) -> Read:
    """Return the reading of one word among several."""

    def read(place: str, key: str, found: object) -> str:
        if found in accepted:
            return str(found)
        near, expected = nearest(str(found), accepted), ", ".join(accepted)
        raise InvalidSettings(
            "not-one-of", place=place, key=key, found=found, nearest=near, expected=expected
        )

    return read


def switch(place: str, key: str, found: object) -> bool:
    """Read yes or no."""
    word = str(found).lower()
    if word not in ON | OFF:
        raise InvalidSettings("not-a-switch", place=place, key=key, found=found)
    return word in ON


def words(place: str, key: str, found: object) -> str:
    """Read a text that is not empty."""
    if not isinstance(found, str) or not found:
        raise InvalidSettings("not-a-text", place=place, key=key, found=found)
    return found


def readable(place: str, key: str, found: object) -> Path:
    """Read the path of a file that is there to be read."""
    path = folder(place, key, found)
    try:
        path.open("rb").close()
    except OSError:
        raise InvalidSettings("unreadable", place=path) from None
    return path


def folder(place: str, key: str, found: object) -> Path:
    """Read a folder; « ~ » is the person's own."""
    return Path(words(place, key, found)).expanduser()


def table(place: str, key: str, found: object) -> dict[str, str]:
    """Read names and texts: a table in the file, ``name=text`` words in a variable."""
    if isinstance(found, str):
        return dict(pair(place, key, word) for word in _split(place, key, found))
    if not isinstance(found, dict):
        raise InvalidSettings("not-a-table", place=place, key=key, found=found)
    return {name: _text(place, f"{key}.{name}", text) for name, text in found.items()}


def _text(place: str, key: str, found: object) -> str:
    if isinstance(found, bool | int):
        return str(found).lower()
    return words(place, key, found)


def _split(place: str, key: str, found: str) -> list[str]:
    import shlex  # noqa: PLC0415 — rarely needed

    try:
        return shlex.split(found)
    except ValueError:
        raise InvalidSettings("not-a-pair", place=place, key=key, found=found) from None


def pair(place: str, key: str, word: str) -> tuple[str, str]:
    """Read ``name=text``."""
    name, sign, text = word.partition("=")
    if not sign or not name:
        raise InvalidSettings("not-a-pair", place=place, key=key, found=word)
    return name, text


def nearest(found: str, known: Iterable[str]) -> str:
    """Return the known word that looks most like the one found."""
    from difflib import get_close_matches  # noqa: PLC0415 — only after a mistake

    return get_close_matches(found, list(known), n=1, cutoff=0)[0]
