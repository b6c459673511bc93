"""The official journey once it is read: frozen, complete, in both languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Bilingual = Mapping[str, str]
"""A text by its language; its easy version, where there is one, by ``fr-easy``."""

ENDS = frozenset({"end", "caisse", "call"})
"""Where a screen or an outcome may lead besides a screen: done, the insurance office, 3422."""
FIRST = "first"
"""Where an outcome may lead, too: to the first screen of what one wants; or to another journey."""
ASKS = frozenset(
    {
        "nothing", "card_kind", "birth_date", "nir", "serial", "person", "channel", "code",
        "representative", "terms", "email", "mobile", "contact_code", "identifier", "password",
        "one_time_code",
    }
)  # fmt: skip
"""What a screen of the site may ask; the guide itself asks for none of the secrets."""
GOALS = frozenset({"activate-adult", "activate-child", "oppose", "close", "sign-in", "forgotten"})
"""The journeys that every file has: what a person may want to do."""
CONFIDENCES = frozenset({"H", "M", "L", "inferred", "unverified"})

_WORD = re.compile("[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen of the site: how it is recognised, and what to do there."""

    id: str
    number: str
    headings: tuple[str, ...]
    recognise: Bilingual
    asks: tuple[str, ...]
    says: Bilingual
    next: str
    outcomes: tuple[str, ...]
    source: str
    confidence: str
    seen_on: date
    about: Bilingual | None = None
    """What tells a screen apart from another of the same heading, in a few words."""
    says_child: Bilingual | None = None
    says_letter: Bilingual | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class SiteOutcome:
    """Something the site may answer, what to do then, and where that leads."""

    id: str
    answer: Bilingual
    says: Bilingual
    leads: str
    """A screen, a journey with its first screen, the first screen of one's own, or an end."""


@dataclass(frozen=True, slots=True)
class Journey:
    """Something a person wants to do on the site: its screens, in their order."""

    id: str
    title: Bilingual
    screens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Official:
    """All that is known of the site on the day it was noted; `origin` is the name of the file."""

    noted: date
    origin: str
    journeys: Mapping[str, Journey]
    screens: Mapping[str, Screen]
    outcomes: Mapping[str, SiteOutcome]

    def age_in_days(self, today: date) -> int:
        """Return how old the data is."""
        return max(0, (today - self.noted).days)

    def steps(self, journey: str) -> tuple[Screen, ...]:
        """Return the screens of a journey, in their order."""
        return tuple(self.screens[name] for name in self.journeys[journey].screens)

    def journey_with(self, screen: str, own: str) -> Journey:
        """Return one's own journey if a screen is in it, else the first that has it."""
        mine = self.journeys[own]
        having = (each for each in self.journeys.values() if screen in each.screens)
        return mine if screen in mine.screens else next(having, mine)

    def target_of(self, leads: str, own: str) -> str:
        """Return the screen or end that an outcome leads to, from one's own journey."""
        journey = self.journeys.get(own if leads == FIRST else leads)
        return journey.screens[0] if journey else leads

    def answers(self, screen: str) -> tuple[SiteOutcome, ...]:
        """Return what the site may answer on a screen."""
        return tuple(self.outcomes[name] for name in self.screens[screen].outcomes)

    def find(self, words: str, language: str = "fr") -> tuple[Screen, ...]:
        """Return the screens that a few words of a heading may name, the best first; all for none.

        « Mon identité » is the heading of two screens: both come, told apart by what they ask.
        """
        wanted = _words(words)
        if not wanted:
            return tuple(self.screens.values())
        marks = {name: _mark(each, wanted, language) for name, each in self.screens.items()}
        best = sorted(marks, key=lambda name: -marks[name])
        return tuple(self.screens[name] for name in best if marks[name] > 0)


def _mark(screen: Screen, wanted: list[str], language: str) -> int:
    """Return how well a screen fits: a word of its headings counts more than one about it."""
    headings = _words(" ".join(screen.headings))
    about = _words(screen.recognise[language if language in screen.recognise else "fr"])
    in_headings = sum(any(word.startswith(each) for word in headings) for each in wanted)
    in_about = sum(any(word.startswith(each) for word in about) for each in wanted)
    complete = in_headings + in_about >= len(wanted)
    return (10 * in_headings + in_about) if complete else 0


def _words(text: str) -> list[str]:
    apart = unicodedata.normalize("NFKD", text[:500].casefold().replace("œ", "oe"))
    found = _WORD.findall("".join(c for c in apart if unicodedata.category(c) != "Mn"))
    return [word for word in found if len(word) > 1 or word.isdigit()]
