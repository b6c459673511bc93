"""What a file of a case may hold, and what is refused: with its file and line.

Nothing in it may be anybody's: the numbers are of short lists that belong to nobody, an address
ends in ``.example``, a telephone begins with the digits that are kept for fiction.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, ClassVar

from typing_extensions import override

from espace_tui.guide.data_file import Checker, FileLocation, Keys
from espace_tui.i18n import Bilingual
from espace_tui.model.exercise import (
    ASIDE,
    CHOSEN,
    EVENTS,
    MOMENTS,
    PAPERS,
    SEEN,
    Case,
    CaseCard,
    CaseEvent,
    CasePerson,
    GoodDeed,
    Paper,
    Reaction,
)

NIRS = frozenset(
    {
        *("255081416802538", "284058832102532", "284052A32102552", "284052B32102579"),
        *("284202B32102528", "284992B32102531", "279035121518989", "295109912611193"),
        *("184027512345674", "291025601234546"),
    }
)
"""Numbers of public examples, with a right key, that belong to nobody."""
SERIALS = frozenset({"00417250938", "31415926535", "12345678901", "123456789"})
CARD_KINDS = frozenset({"photo", "plain"})
_FORMAT = 1
_MOST_REACTIONS = 5
_OLDEST = 120
_EMAIL = re.compile(r"[a-z0-9.-]{1,40}@[a-z0-9-]{1,40}\.example")
_MOBILE = re.compile(r"06 39 98( [0-9]{2}){2}")
_FICTION = re.compile("063998[0-9]{4}")
_YEAR = re.compile("(19|20)[0-9]{2}")
_TOP: Keys = ({"format", "id", "title", "says", "person", "good"}, {"card", "paper", "event"})
_REACTION = "event.answer"
_LEADS = frozenset({ASIDE})


class CaseChecker(Checker):
    """Checks one case."""

    tables: ClassVar[Mapping[str, Keys]] = {
        "person": ({"name", "nir"}, {"age", "birth_date", "email", "mobile", "invited"}),
        "card": ({"kind", "serial"}, {"near"}),
        "paper": ({"kind", "words"}, set()),
        "event": ({"at", "kind", "words"}, {"answer"}),
        _REACTION: ({"words"}, {"does", "leads"}),
        "good": ({"deed", "done", "next_time"}, set()),
    }

    def read(self, found: Mapping[str, Any]) -> Case:
        """Return what a parsed file holds."""
        self._check_keys(found, _TOP, FileLocation())
        self._check_format(found["format"], _FORMAT)
        papers = self._list_of_tables("paper", found.get("paper", []), 0)
        events = self._list_of_tables("event", found.get("event", []), 0)
        good = self._list_of_tables("good", found["good"])
        self._reactions_read = 0
        case = Case(
            id=self._id(found["id"], FileLocation(key="id")),
            title=self._words(found["title"], FileLocation(key="title")),
            says=self._words(found["says"], FileLocation(key="says")),
            person=self._person(found["person"]),
            card=self._card(found["card"]) if "card" in found else None,
            papers=tuple(self._paper(*each) for each in papers),
            events=tuple(self._event(*each) for each in events),
            good=tuple(self._good(*each) for each in good),
        )
        self._check_deeds(case)
        return case

    # --- tables

    def _person(self, found: object) -> CasePerson:
        location = FileLocation("person")
        table = self._check_keys(found, self.tables["person"], location)
        age, invited = table.get("age"), table.get("invited", False)
        if age is not None and not (type(age) is int and 0 < age <= _OLDEST):
            self._refuse("official-value", location.at("age"))
        if not isinstance(invited, bool):
            self._refuse("official-value", location.at("invited"))
        born = table.get("birth_date")
        return CasePerson(
            name=self._text(table["name"], location.at("name")),
            age=age,
            birth_date=None if born is None else self._date(born, location.at("birth_date")),
            nir=self._invented(table["nir"], NIRS, location.at("nir")),
            email=self._like(table.get("email", ""), _EMAIL, location.at("email")),
            mobile=self._like(table.get("mobile", ""), _MOBILE, location.at("mobile")),
            invited=self._can_be_invited(table, location, invited=invited),
        )

    def _can_be_invited(
        self, table: Mapping[str, Any], location: FileLocation, *, invited: bool
    ) -> bool:
        """Tell whether somebody is invited; without a contact nobody can be."""
        if invited and not {"email", "mobile"} & table.keys():
            self._refuse("official-value", location.at("invited"))
        return invited

    def _card(self, found: object) -> CaseCard:
        location = FileLocation("card")
        table = self._check_keys(found, self.tables["card"], location)
        near = table.get("near")
        return CaseCard(
            kind=self._among([table["kind"]], CARD_KINDS, location.at("kind"))[0],
            serial=self._invented(table["serial"], SERIALS, location.at("serial")),
            near=() if near is None else self._texts(near, location.at("near")),
        )

    def _paper(self, table: Mapping[str, Any], location: FileLocation) -> Paper:
        kind = self._among([table["kind"]], frozenset(PAPERS), location.at("kind"))[0]
        return Paper(kind, self._words(table["words"], location.at("words")))

    def _event(self, table: Mapping[str, Any], location: FileLocation) -> CaseEvent:
        answers = self._list_of_tables(_REACTION, table.get("answer", []), 0)
        if len(answers) == 1 or len(answers) > _MOST_REACTIONS:
            self._refuse("official-value", location)
        return CaseEvent(
            at=self._among(table["at"], MOMENTS, location.at("at")),
            kind=self._among([table["kind"]], EVENTS, location.at("kind"))[0],
            words=self._words(table["words"], location.at("words")),
            reactions=tuple(self._reaction(each) for each, _ in answers),
        )

    def _reaction(self, table: Mapping[str, Any]) -> Reaction:
        location = FileLocation(_REACTION, self._reactions_read)
        self._reactions_read += 1
        does, leads = table.get("does"), table.get("leads")
        return Reaction(
            words=self._words(table["words"], location.at("words")),
            does="" if does is None else self._among([does], CHOSEN, location.at("does"))[0],
            leads="" if leads is None else self._among([leads], _LEADS, location.at("leads"))[0],
        )

    def _good(self, table: Mapping[str, Any], location: FileLocation) -> GoodDeed:
        return GoodDeed(
            deed=self._among([table["deed"]], SEEN | CHOSEN, location.at("deed"))[0],
            done=self._words(table["done"], location.at("done")),
            next_time=self._words(table["next_time"], location.at("next_time")),
        )

    def _check_deeds(self, case: Case) -> None:
        """Refuse what is told twice, and what nobody could ever do."""
        told = Counter(each.deed for each in case.good)
        offered = {each.does for event in case.events for each in event.reactions}
        for index, good in enumerate(case.good):
            location = FileLocation("good", index, "deed")
            if told[good.deed] > 1:
                self._refuse("official-twice", location)
            if good.deed in CHOSEN - offered:
                self._refuse("official-nowhere", location)

    # --- values

    def _words(self, found: object, location: FileLocation) -> Bilingual:
        return Bilingual(self._bilingual(found, location))

    def _invented(self, found: object, allowed: frozenset[str], location: FileLocation) -> str:
        """Return a number as it is printed, one of those that belong to nobody."""
        if not isinstance(found, str) or found.replace(" ", "") not in allowed:
            self._refuse("case-invented", location)
        return found

    def _like(self, found: object, pattern: re.Pattern[str], location: FileLocation) -> str:
        if not isinstance(found, str) or (found and not pattern.fullmatch(found)):
            self._refuse("case-invented", location)
        return found

    @override
    def _may_name(self, host: str) -> bool:
        return super()._may_name(host) or host.lower().endswith(".example")

    @override
    def _may_say(self, number: str) -> bool:
        invented = number in SERIALS or _FICTION.fullmatch(number) or _YEAR.fullmatch(number)
        return super()._may_say(number) or bool(invented)
