"""A file of data that a user may bring: what any such file is refused for, with its file and line.

It is foreign text: it may say a sentence, not bring markup, an address or a telephone number that
is not on the lists, nor a text without end. What its tables hold is told by a class over `Checker`.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar, NoReturn

from espace_tui.errors import InvalidSettings
from espace_tui.i18n import LANGUAGES

FILE_BYTES = 256 * 1024
TEXT_BYTES = 2_000
MOST = 100
"""So many tables of one kind, and items of a list."""
HOSTS = frozenset(
    {"monespacesante.fr", "www.monespacesante.fr", "ameli.fr", "www.ameli.fr", "17cyber.gouv.fr"}
)
"""The only addresses that a text may name."""
NUMBERS = frozenset({"3422", "3646", "33700", "8025000002"})
"""The only numbers of four digits and more that a text may name."""

_PLAIN = set(LANGUAGES)
_EASY = {f"{language}-easy" for language in LANGUAGES}
_AT_LINE = re.compile("at line ([0-9]+)")
_AT_END = "at end of document"
_ID = re.compile("(?=.{1,100}$)[a-z0-9]+(?:-[a-z0-9]+)*")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"[0-9](?:[ .\u00a0\u202f]?[0-9]){3,}")
_MARKUP = re.compile(
    r"[<>\[\]{}`\\@]|://|[^\x20-\x7e\u00a0-\u024f\u2010-\u2027\u202f\u2030-\u205e\u20ac]"
)

Keys = tuple[set[str], set[str]]
"""The keys that a table must have, and those it may have."""


def read_file(path: Path) -> str:
    """Return the text of a regular file of a reasonable size; the mark of Windows is no part."""
    place = str(path)
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as file:
            regular = stat.S_ISREG(os.fstat(descriptor).st_mode)
            data = file.read(FILE_BYTES + 1) if regular else b""
    except FileNotFoundError:
        raise InvalidSettings("absent", place=place) from None
    except IsADirectoryError:
        raise InvalidSettings("a-folder", place=place) from None
    except OSError:
        raise InvalidSettings("unreadable", place=place) from None
    if not regular:
        raise InvalidSettings("unreadable", place=place)
    if len(data) > FILE_BYTES:
        raise InvalidSettings("official-too-long", place=place, line=1, key="")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InvalidSettings("not-utf8", place=place, line=line) from None


def parse(origin: str, text: str) -> Mapping[str, Any]:
    """Return what a TOML text holds."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        line = _line_told(str(error), text.splitlines())
        raise InvalidSettings("not-toml", place=origin, line=line) from None


def _line_told(error: str, lines: list[str]) -> int:
    """Return the line of an error; the longest, where a number or a nesting is endless."""
    told = _AT_LINE.search(error)
    if told:
        return int(told[1])
    numbers = range(1, len(lines) + 1)
    return len(lines) if _AT_END in error else max(numbers, key=lambda n: len(lines[n - 1]))


@dataclass(frozen=True, slots=True)
class FileLocation:
    """Where something stands in the file: the kind of table, which of them, and the key."""

    table: str = ""
    index: int = 0
    key: str = ""

    def at(self, key: str) -> FileLocation:
        """Return the location of a key of the same table."""
        return FileLocation(self.table, self.index, key)


class Checker:
    """Checks one file; raises `InvalidSettings` naming the file and the line.

    `tables` has the keys of each kind of table.
    """

    tables: ClassVar[Mapping[str, Keys]]

    def __init__(self, origin: str, text: str) -> None:
        self._origin = origin
        self._lines = text.splitlines()

    def _check_keys(self, table: object, keys: Keys, location: FileLocation) -> Mapping[str, Any]:
        if not isinstance(table, dict):
            self._refuse("official-key", location)
        required, optional = keys
        for key in [*(required - table.keys()), *(table.keys() - required - optional)]:
            self._refuse("official-key", location.at(key))
        return table

    def _check_format(self, found: object, known: int) -> None:
        if type(found) is not int or found != known:
            self._refuse("official-format", FileLocation(key="format"))

    def _list_of_tables(
        self, name: str, found: object, least: int = 1
    ) -> list[tuple[Mapping[str, Any], FileLocation]]:
        if not isinstance(found, list) or not least <= len(found) <= MOST:
            self._refuse("official-key", FileLocation(key=name))
        locations = (FileLocation(name, index) for index in range(len(found)))
        return [
            (self._check_keys(table, self.tables[name], location), location)
            for table, location in zip(found, locations, strict=False)
        ]

    def _refuse_twice(self, tables: list[tuple[Mapping[str, Any], FileLocation]]) -> None:
        seen: set[str] = set()
        for table, location in tables:
            if self._id(table["id"], location.at("id")) in seen:
                self._refuse("official-twice", location.at("id"))
            seen.add(table["id"])

    # --- values

    def _bilingual(self, found: object, location: FileLocation) -> Mapping[str, str]:
        if not isinstance(found, dict) or found.keys() not in (_PLAIN, _PLAIN | _EASY):
            self._refuse("official-languages", location)
        return {language: self._text(text, location) for language, text in found.items()}

    def _if_given(
        self, table: Mapping[str, Any], location: FileLocation
    ) -> Mapping[str, str] | None:
        return self._bilingual(table[location.key], location) if location.key in table else None

    def _texts(self, found: object, location: FileLocation) -> tuple[str, ...]:
        if not isinstance(found, list) or not 0 < len(found) <= MOST:
            self._refuse("official-value", location)
        return tuple(self._text(each, location) for each in found)

    def _text(self, found: object, location: FileLocation) -> str:
        """Return a plain text; what a hostile file could bring into it is refused."""
        if not isinstance(found, str) or not found.strip():
            self._refuse("official-value", location)
        if len(found.encode("utf-8", "replace")) > TEXT_BYTES:
            self._refuse("official-too-long", location)
        if _MARKUP.search(found):
            self._refuse("official-markup", location)
        if any(_is_address(each) and not self._may_name(each) for each in _HOST.findall(found)):
            self._refuse("official-address", location)
        numbers = (re.sub("[^0-9]", "", each) for each in _NUMBER.findall(found))
        if location.key != "source" and not all(map(self._may_say, numbers)):
            self._refuse("official-address", location)
        return found

    def _id(self, found: object, location: FileLocation) -> str:
        if not isinstance(found, str) or not _ID.fullmatch(found):
            self._refuse("official-value", location)
        return found

    def _list(self, table: Mapping[str, Any], location: FileLocation) -> list[object]:
        found = table[location.key]
        if not isinstance(found, list) or len(found) > MOST:
            self._refuse("official-value", location)
        return found

    def _among(
        self, found: object, allowed: frozenset[str], location: FileLocation
    ) -> tuple[str, ...]:
        if not isinstance(found, list) or not found:
            self._refuse("official-value", location)
        if not all(isinstance(each, str) and each in allowed for each in found):
            self._refuse("official-value", location)
        return tuple(found)

    def _date(self, found: object, location: FileLocation) -> date:
        if not isinstance(found, date) or isinstance(found, datetime):
            self._refuse("official-value", location)
        return found

    def _may_name(self, host: str) -> bool:
        """Tell whether a text may name an address."""
        return host.lower() in HOSTS

    def _may_say(self, number: str) -> bool:
        """Tell whether a text may say a number, given as its digits."""
        return number in NUMBERS

    def _refuse(self, code: str, location: FileLocation) -> NoReturn:
        raise InvalidSettings(
            code,
            place=self._origin,
            line=line_of(self._lines, location.table, location.index, location.key),
            key=location.key or location.table,
        )


def line_of(lines: list[str], table: str, index: int, key: str) -> int:
    """Return the line of a key of the nth table of a kind, or of that table, or the first."""
    starts = [n for n, each in enumerate(lines) if each.strip() in {f"[[{table}]]", f"[{table}]"}]
    start = starts[index] if index < len(starts) else 0
    for number in range(start, len(lines)):
        line = lines[number].strip()
        if number > start and table and line.startswith("["):
            break
        if key and re.match(rf"\[*{re.escape(key)}\b", line):
            return number + 1
    return start + 1


def _is_address(host: str) -> bool:
    return host.rpartition(".")[2].isalpha()
