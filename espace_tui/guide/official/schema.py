"""What a file of the official journey may hold, and what is refused: with its file and line.

A user's file is foreign text: it may correct a sentence, not bring markup, an address or a
telephone number that is not on the lists, nor a text without end. Whatever it names must exist.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn

from espace_tui.errors import InvalidSettings
from espace_tui.guide.official.model import (
    ASKS,
    CONFIDENCES,
    ENDS,
    GOALS,
    Journey,
    Official,
    Screen,
    SiteOutcome,
)
from espace_tui.i18n import LANGUAGES

TEXT_BYTES = 2_000
MOST = 100
"""So many screens, outcomes or journeys."""
HOSTS = frozenset(
    {"monespacesante.fr", "www.monespacesante.fr", "ameli.fr", "www.ameli.fr", "17cyber.gouv.fr"}
)
"""The only addresses that a text may name."""
NUMBERS = frozenset({"3422", "3646", "33700", "8025000002"})
"""The only numbers of four digits and more that a text may name."""

_ID = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"[0-9](?:[ .\u00a0\u202f]?[0-9]){3,}")
_MARKUP = re.compile(
    r"[<>\[\]{}`\\@]|://|[^\x20-\x7e\u00a0-\u024f\u2010-\u2027\u202f\u2030-\u205e\u20ac]"
)
_TABLES = {
    "journey": ({"id", "title", "screens"}, set[str]()),
    "screen": (
        {"id", "number", "headings", "recognise", "asks", "says", "next", "outcomes", "source"}
        | {"confidence", "seen_on"},
        {"about", "says_child", "says_letter", "optional"},
    ),
    "outcome": ({"id", "answer", "says", "leads"}, set[str]()),
}
"""The keys of each kind of table: those it must have, and those it may have."""
_FORMAT = 1
_PLAIN = set(LANGUAGES)
_EASY = {f"{language}-easy" for language in LANGUAGES}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something stands in the file: the kind of table, which of them, and the key."""

    table: str = ""
    index: int = 0
    key: str = ""


class Checker:
    """Checks one file; raises `InvalidSettings` naming the file and the line."""

    def __init__(self, origin: str, text: str) -> None:
        self._origin = origin
        self._lines = text.splitlines()

    def read(self, found: Mapping[str, Any]) -> Official:
        """Return what a parsed file holds."""
        for key in found.keys() - {"format", "noted", *_TABLES}:
            self._refuse("official-key", _Place(key=key))
        if found.get("format") != _FORMAT:
            self._refuse("official-format", _Place(key="format"))
        noted = self._date(found.get("noted"), _Place(key="noted"))
        tables = {name: self._tables(name, found.get(name)) for name in _TABLES}
        screens = [self._screen(*each) for each in tables["screen"]]
        outcomes = [self._outcome(*each) for each in tables["outcome"]]
        journeys = [self._journey(*each) for each in tables["journey"]]
        official = Official(
            noted,
            self._origin,
            {each.id: each for each in journeys},
            {each.id: each for each in screens},
            {each.id: each for each in outcomes},
        )
        self._check_references(official, tables)
        return official

    # --- tables

    def _tables(self, name: str, found: object) -> list[tuple[Mapping[str, Any], _Place]]:
        if not isinstance(found, list) or not 0 < len(found) <= MOST:
            self._refuse("official-key", _Place(key=name))
        required, optional = _TABLES[name]
        seen: set[str] = set()
        read: list[tuple[Mapping[str, Any], _Place]] = []
        for index, table in enumerate(found):
            place = _Place(name, index)
            if not isinstance(table, dict):
                self._refuse("official-key", place)
            for key in [*(required - table.keys()), *(table.keys() - required - optional)]:
                self._refuse("official-key", _Place(name, index, key))
            if self._id(table["id"], _Place(name, index, "id")) in seen:
                self._refuse("official-twice", _Place(name, index, "id"))
            seen.add(table["id"])
            read.append((table, place))
        return read

    def _screen(self, table: Mapping[str, Any], place: _Place) -> Screen:
        at = _keys(place)
        optional = table.get("optional", False)
        if not isinstance(optional, bool):
            self._refuse("official-value", at("optional"))
        return Screen(
            id=table["id"],
            number=self._text(table["number"], at("number")),
            headings=self._texts(table["headings"], at("headings")),
            recognise=self._bilingual(table["recognise"], at("recognise")),
            asks=self._among(table["asks"], ASKS, at("asks")),
            says=self._bilingual(table["says"], at("says")),
            next=self._id(table["next"], at("next")),
            outcomes=tuple(
                self._id(each, at("outcomes")) for each in self._list(table, at("outcomes"))
            ),
            source=self._text(table["source"], at("source")),
            confidence=self._among([table["confidence"]], CONFIDENCES, at("confidence"))[0],
            seen_on=self._date(table["seen_on"], at("seen_on")),
            about=self._if_given(table, at("about")),
            says_child=self._if_given(table, at("says_child")),
            says_letter=self._if_given(table, at("says_letter")),
            optional=optional,
        )

    def _outcome(self, table: Mapping[str, Any], place: _Place) -> SiteOutcome:
        at = _keys(place)
        return SiteOutcome(
            id=table["id"],
            answer=self._bilingual(table["answer"], at("answer")),
            says=self._bilingual(table["says"], at("says")),
            leads=self._id(table["leads"], at("leads")),
        )

    def _journey(self, table: Mapping[str, Any], place: _Place) -> Journey:
        at = _keys(place)
        names = tuple(self._id(each, at("screens")) for each in self._list(table, at("screens")))
        if not names:
            self._refuse("official-value", at("screens"))
        return Journey(table["id"], self._bilingual(table["title"], at("title")), names)

    def _check_references(
        self, official: Official, tables: Mapping[str, list[tuple[Mapping[str, Any], _Place]]]
    ) -> None:
        """Refuse what leads nowhere, and a file that lacks a journey."""
        if official.journeys.keys() != GOALS:
            self._refuse("official-journeys", _Place("journey"))
        places = official.screens.keys() | ENDS
        known: tuple[tuple[str, str, Iterable[str]], ...] = (
            ("screen", "next", places),
            ("screen", "outcomes", official.outcomes),
            ("outcome", "leads", places),
            ("journey", "screens", official.screens),
        )
        for name, key, allowed in known:
            for table, place in tables[name]:
                wanted = table[key] if isinstance(table[key], list) else [table[key]]
                if not set(wanted) <= set(allowed):
                    self._refuse("official-nowhere", _Place(name, place.index, key))

    # --- values

    def _bilingual(self, found: object, place: _Place) -> Mapping[str, str]:
        if not isinstance(found, dict) or found.keys() not in (_PLAIN, _PLAIN | _EASY):
            self._refuse("official-languages", place)
        return {language: self._text(text, place) for language, text in found.items()}

    def _if_given(self, table: Mapping[str, Any], place: _Place) -> Mapping[str, str] | None:
        return self._bilingual(table[place.key], place) if place.key in table else None

    def _texts(self, found: object, place: _Place) -> tuple[str, ...]:
        if not isinstance(found, list) or not 0 < len(found) <= MOST:
            self._refuse("official-value", place)
        return tuple(self._text(each, place) for each in found)

    def _text(self, found: object, place: _Place) -> str:
        """Return a plain text; what a hostile file could bring into it is refused."""
        if not isinstance(found, str) or not found.strip():
            self._refuse("official-value", place)
        if len(found.encode("utf-8", "replace")) > TEXT_BYTES:
            self._refuse("official-too-long", place)
        if _MARKUP.search(found):
            self._refuse("official-markup", place)
        if any(_is_address(host) for host in _HOST.findall(found)):
            self._refuse("official-address", place)
        numbers = (re.sub("[^0-9]", "", each) for each in _NUMBER.findall(found))
        if place.key != "source" and not set(numbers) <= NUMBERS:
            self._refuse("official-address", place)
        return found

    def _id(self, found: object, place: _Place) -> str:
        if not isinstance(found, str) or not _ID.fullmatch(found[:TEXT_BYTES]):
            self._refuse("official-value", place)
        return found

    def _list(self, table: Mapping[str, Any], place: _Place) -> list[object]:
        found = table[place.key]
        if not isinstance(found, list) or len(found) > MOST:
            self._refuse("official-value", place)
        return found

    def _among(self, found: object, allowed: frozenset[str], place: _Place) -> tuple[str, ...]:
        if not isinstance(found, list) or not found:
            self._refuse("official-value", place)
        if not all(isinstance(each, str) and each in allowed for each in found):
            self._refuse("official-value", place)
        return tuple(found)

    def _date(self, found: object, place: _Place) -> date:
        if not isinstance(found, date) or isinstance(found, datetime):
            self._refuse("official-value", place)
        return found

    def _refuse(self, code: str, place: _Place) -> NoReturn:
        raise InvalidSettings(
            code,
            place=self._origin,
            line=line_of(self._lines, place.table, place.index, place.key),
            key=place.key or place.table,
        )


def line_of(lines: list[str], table: str, index: int, key: str) -> int:
    """Return the line of a key of the nth table of a kind, or of that table, or the first."""
    starts = [n for n, each in enumerate(lines) if each.strip() == f"[[{table}]]"]
    start = starts[index] if index < len(starts) else 0
    for number in range(start, len(lines)):
        line = lines[number].strip()
        if number > start and table and line.startswith("["):
            break
        if key and re.match(rf"\[*{re.escape(key)}\b", line):
            return number + 1
    return start + 1


def _keys(place: _Place) -> Callable[[str], _Place]:
    return lambda key: _Place(place.table, place.index, key)


def _is_address(host: str) -> bool:
    ends_in_a_word = host.rpartition(".")[2].isalpha()
    return ends_in_a_word and host.lower() not in HOSTS
