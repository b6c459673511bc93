"""What a file of the official journey may hold, and what is refused: with its file and line.

A user's file is foreign text: it may correct a sentence, not bring markup, an address or a
telephone number that is not on the lists, nor a text without end. Whatever it names must exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from espace_tui.guide.data_file import Checker, FileLocation, Keys
from espace_tui.guide.official.model import (
    ASKS,
    CONFIDENCES,
    ENDS,
    FIRST,
    GOALS,
    Journey,
    Official,
    Screen,
    SiteOutcome,
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


class OfficialChecker(Checker):
    """Checks one file of the official journey."""

    tables: ClassVar[Mapping[str, Keys]] = _TABLES

    def read(self, found: Mapping[str, Any]) -> Official:
        """Return what a parsed file holds."""
        for key in found.keys() - {"format", "noted", *_TABLES}:
            self._refuse("official-key", FileLocation(key=key))
        self._check_format(found.get("format"), _FORMAT)
        noted = self._date(found.get("noted"), FileLocation(key="noted"))
        tables = {name: self._named_tables(name, found.get(name)) for name in _TABLES}
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

    def _named_tables(
        self, name: str, found: object
    ) -> list[tuple[Mapping[str, Any], FileLocation]]:
        tables = self._list_of_tables(name, found)
        self._refuse_twice(tables)
        return tables

    def _screen(self, table: Mapping[str, Any], location: FileLocation) -> Screen:
        at = location.at
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

    def _outcome(self, table: Mapping[str, Any], location: FileLocation) -> SiteOutcome:
        at = location.at
        return SiteOutcome(
            id=table["id"],
            answer=self._bilingual(table["answer"], at("answer")),
            says=self._bilingual(table["says"], at("says")),
            leads=self._id(table["leads"], at("leads")),
        )

    def _journey(self, table: Mapping[str, Any], location: FileLocation) -> Journey:
        at = location.at
        names = tuple(self._id(each, at("screens")) for each in self._list(table, at("screens")))
        if not names:
            self._refuse("official-value", at("screens"))
        return Journey(table["id"], self._bilingual(table["title"], at("title")), names)

    def _check_references(
        self, official: Official, tables: Mapping[str, list[tuple[Mapping[str, Any], FileLocation]]]
    ) -> None:
        """Refuse what leads nowhere, and a file that lacks a journey."""
        if official.journeys.keys() != GOALS:
            self._refuse("official-journeys", FileLocation("journey"))
        targets = official.screens.keys() | ENDS
        known: tuple[tuple[str, str, Iterable[str]], ...] = (
            ("screen", "next", targets),
            ("screen", "outcomes", official.outcomes),
            ("outcome", "leads", targets | GOALS | {FIRST}),
            ("journey", "screens", official.screens),
        )
        for name, key, allowed in known:
            for table, location in tables[name]:
                wanted = table[key] if isinstance(table[key], list) else [table[key]]
                if not set(wanted) <= set(allowed):
                    self._refuse("official-nowhere", FileLocation(name, location.index, key))
