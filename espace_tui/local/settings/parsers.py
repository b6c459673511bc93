"""How one value is read: ``read(place, key, found) -> clean value``, or `InvalidSettings`.

`found` is what TOML gives (text, number, true or false, table), or the text of a variable.

    >>> parse_boolean("ESPACE_MOUSE", "mouse", "non")
    False
    >>> parse_table("ESPACE_BACKEND_OPTIONS", "backend_options", "url=https://exemple.fr wait=3")
    {'url': 'https://exemple.fr', 'wait': '3'}
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from espace_tui.errors import InvalidSettings
from espace_tui.i18n.spelling import nearest
from espace_tui.local import lazy

Parse = Callable[[str, str, object], object]
_DIGITS = 6
_SHOWN = 60
"""Characters of a text that a screen shows on one line."""
ON = frozenset({"1", "true", "yes", "on", "oui"})
NARROWEST = 20
"""Columns of the narrowest lines."""
OFF = frozenset({"0", "false", "no", "off", "non"})


def one_of(accepted: tuple[str, ...]) -> Parse:
    """Return the reading of one word among several."""

    def parse(source: str, key: str, value: object) -> str:
        if value in accepted:
            return str(value)
        near, expected = nearest(str(value), accepted), ", ".join(accepted)
        raise InvalidSettings(
            "not-one-of", place=source, key=key, found=value, nearest=near, expected=expected
        )

    return parse


def some_of(accepted: tuple[str, ...]) -> Parse:
    """Return the reading of some words among several, one at least; they stay in that order."""
    one = one_of(accepted)

    def parse(source: str, key: str, value: object) -> tuple[str, ...]:
        found = {one(source, key, each) for each in parse_names(source, key, value)}
        if not found:
            raise InvalidSettings("not-names", place=source, key=key, found=value)
        return tuple(each for each in accepted if each in found)

    return parse


def parse_boolean(source: str, key: str, value: object) -> bool:
    """Read yes or no."""
    word = str(value).lower()
    if word not in ON | OFF:
        raise InvalidSettings("not-a-switch", place=source, key=key, found=value)
    return word in ON


def parse_width(source: str, key: str, value: object) -> int:
    """Read how many columns a line takes: 0 for lines that are never cut, or 20 and more."""
    text = str(value)
    number = int(text) if re.fullmatch("[0-9]{1,4}", text) else -1
    if 0 != number < NARROWEST:
        raise InvalidSettings("not-a-width", place=source, key=key, found=value)
    return number


def parse_text(source: str, key: str, value: object) -> str:
    """Read a text that is not empty."""
    if not isinstance(value, str) or not value:
        raise InvalidSettings("not-a-text", place=source, key=key, found=value)
    return value


def parse_one_line(source: str, key: str, value: object) -> str:
    """Read a text that a screen shows as it is: one line, of a length to be shown."""
    text = parse_text(source, key, value)
    if len(text) > _SHOWN or not text.isprintable():
        raise InvalidSettings(
            "not-one-line", place=source, key=key, found=text[:_SHOWN], most=_SHOWN
        )
    return text


def number_between(least: int, most: int) -> Parse:
    """Return the reading of a whole number."""

    def parse(source: str, key: str, value: object) -> int:
        digits = str(value)
        number = int(digits) if re.fullmatch("[0-9]{1,6}", digits) else -1
        if not least <= number <= most:
            raise InvalidSettings(
                "not-between", place=source, key=key, found=value, least=least, most=most
            )
        return number

    return parse


def parse_origin(source: str, key: str, value: object) -> str:
    """Read the origin of a site: https, a name and a port at most, nothing after it."""
    text = str(value)
    if not re.fullmatch(r"https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?", text):
        raise InvalidSettings("not-an-origin", place=source, key=key, found=value)
    return text


def seconds_between(least: int, most: int, *, or_never: bool = False) -> Parse:
    """Return the reading of a number of seconds; with `or_never`, 0 stands for never."""

    def parse(source: str, key: str, value: object) -> int:
        digits = str(value)
        number = (
            int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS else -1
        )
        if not (least <= number <= most or (or_never and number == 0)):
            raise InvalidSettings(
                "not-seconds", place=source, key=key, found=value, least=least, most=most
            )
        return number

    return parse


def parse_names(source: str, key: str, value: object) -> tuple[str, ...]:
    """Read names: a list in the file, words in a variable."""
    found = _split(source, key, value) if isinstance(value, str) else value
    if not isinstance(found, list):
        raise InvalidSettings("not-names", place=source, key=key, found=value)
    return tuple(parse_text(source, key, each) for each in found)


def parse_readable_file(source: str, key: str, value: object) -> Path:
    """Read the path of a file that is there to be read."""
    path = parse_path(source, key, value)
    try:
        path.open("rb").close()
    except OSError:
        raise InvalidSettings("unreadable", place=path) from None
    return path


def parse_path(source: str, key: str, value: object) -> Path:
    """Read a folder; « ~ » is the person's own."""
    text = parse_text(source, key, value)
    try:
        path = Path(text).expanduser()
    except RuntimeError:  # « ~ » of nobody
        path = Path("\0")
    if "\0" in str(path):
        raise InvalidSettings("not-a-path", place=source, key=key, found=text.replace("\0", "\\0"))
    return path


def parse_table(source: str, key: str, value: object) -> dict[str, str]:
    """Read names and texts: a table in the file, ``name=text`` words in a variable."""
    if isinstance(value, str):
        return dict(parse_pair(source, key, word) for word in _split(source, key, value))
    if not isinstance(value, dict):
        raise InvalidSettings("not-a-table", place=source, key=key, found=value)
    return {name: _parse_scalar(source, f"{key}.{name}", text) for name, text in value.items()}


def _parse_scalar(source: str, key: str, value: object) -> str:
    if isinstance(value, bool | int):
        return str(value).lower()
    return parse_text(source, key, value)


def _split(source: str, key: str, value: str) -> list[str]:
    try:
        return lazy.shlex.split(value)
    except ValueError:
        raise InvalidSettings("not-a-pair", place=source, key=key, found=value) from None


def parse_pair(source: str, key: str, word: str) -> tuple[str, str]:
    """Read ``name=text``."""
    name, sign, text = word.partition("=")
    if not sign or not name:
        raise InvalidSettings("not-a-pair", place=source, key=key, found=word)
    return name, text
