"""The words people read: gettext catalogues, French first.

A text is named by an id (``field.nir.label``) and looked up when it is shown, so that the
language can change at any moment. Both languages are complete catalogues; ids stand in the
code, sentences only in ``locale/<language>/*.po``. Placeholders are named: ``{date}``.

The easy mode lays a second catalogue over it (``easy.po``): the text of ``easy.<id>`` stands for
``<id>``; one that has none is shown as it is, a sentence a line.

    >>> Texts("fr")("language.name")
    'Français'
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

LANGUAGES = ("fr", "en")
_LOCALE = Path(__file__).parent / "locale"
_LATER = frozenset(
    {"counter", "counts", "easy", "exercise", "finding", "kiosk", "mail", "operator", "service"}
    | {"sms", "verdict"}
)
"""The families of texts that no first screen needs: they have a catalogue of their own."""
_BETWEEN_SENTENCES = r"(?<=[^\d} ][.?!]) +(?=\S)"


@dataclass(frozen=True, slots=True)
class Text:
    """A text to be looked up when shown: its id, what fills it, and the count of a plural.

    Values may be texts or dates themselves. They stay off the repr: they may be personal.
    """

    id: str
    values: Mapping[str, object] = field(default_factory=dict, repr=False)
    count: int | None = None


class TimeOfDay(NamedTuple):
    """A moment of which only the time of day is to be shown."""

    moment: datetime


class Bilingual(NamedTuple):
    """Words that stand in a file rather than in a catalogue, by language; French is always there.

    Their easy version is that of ``fr-easy``; words that have none are shown a sentence a line.

    >>> Texts("en")("guide.words", words=Bilingual({"fr": "oui", "en": "yes"}))
    'yes'
    """

    words: Mapping[str, str]


def domain_of(text_id: str) -> str:
    """Return the compiled catalogue that holds a text: reading one of all took 6 ms."""
    return "espace_tui_later" if text_id.partition(".")[0] in _LATER else "espace_tui"


@cache
def _catalogue(domain: str, language: str) -> gettext.NullTranslations:
    return gettext.translation(domain, _LOCALE, [language], fallback=True)


_PLACE = re.compile(r"\{([a-z_]+)\}")
"""Where a value goes, by its name alone: neither attributes nor formats."""
_GENERAL = {family: f"{family}.other" for family in ("error", "refused", "unreachable")}
"""What is said for a code that the catalogue does not know: a service may be newer, or lie."""


class Texts:
    """The catalogue of one language: call it with an id, a `Text` or plain words."""

    def __init__(self, language: str = "fr", *, easy: bool = False) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        self.easy = easy
        self.instead: Mapping[str, str] = {}
        """Ids of texts, and of those that stand for them where things are said in another way."""

    def __call__(self, text: Text | str, **values: object) -> str:
        """Return the sentence of a text id (with its values) or of a `Text`."""
        if isinstance(text, Text):
            return self._say(text.id, text.values, text.count)
        return self._say(text, values, None)

    def has(self, text_id: str) -> bool:
        """Tell whether the catalogue holds this id (optional texts: a hint, an example)."""
        return self._catalogue_of(text_id).gettext(text_id) != text_id

    def _catalogue_of(self, text_id: str) -> gettext.NullTranslations:
        return _catalogue(domain_of(text_id), self.language)

    def _say(self, text_id: str, values: Mapping[str, object], count: int | None) -> str:
        text_id = self.instead.get(text_id, text_id)
        sentence = self._find(text_id, count)
        if sentence == text_id:  # it is no sentence of ours: nothing is filled in
            general = _GENERAL.get(text_id.partition(".")[0], text_id)
            return text_id if general == text_id else self._find(general, None)
        if not values and count is None:
            return sentence
        shown = {"count": count} | {name: self._show(value) for name, value in values.items()}
        # What is not known (a service said less) shows as « … ».
        return _PLACE.sub(lambda place: str(shown.get(place[1], "…")), sentence)

    def _find(self, text_id: str, count: int | None) -> str:
        if not self.easy:
            return self._look_up(text_id, count)
        easy_id = f"easy.{text_id}"
        easy = self._look_up(easy_id, count)
        if easy != easy_id:
            return easy
        return re.sub(_BETWEEN_SENTENCES, "\n", self._look_up(text_id, count))

    def _look_up(self, text_id: str, count: int | None) -> str:
        catalogue = self._catalogue_of(text_id)
        if count is None:
            return catalogue.gettext(text_id)
        return catalogue.ngettext(text_id, text_id, count)

    def _show(self, value: object) -> object:
        if isinstance(value, datetime):
            value = value.astimezone().date()
        match value:
            case Text():
                shown = self(value)
            case Bilingual():
                shown = self._say_words(value.words)
            case TimeOfDay():
                shown = self.time(value.moment)
            case date():
                shown = self.date(value)
            case _:
                return value
        return shown

    def _say_words(self, words: Mapping[str, str]) -> str:
        usual = words.get(self.language) or words[LANGUAGES[0]]
        if not self.easy:
            return usual
        return re.sub(_BETWEEN_SENTENCES, "\n", words.get(f"{self.language}-easy", usual))

    def date(self, day: date) -> str:
        """Return a day in words: « 3 janvier 2027 », "3 January 2027"."""
        month = self(f"month.{day.month}")
        number = self("date.first") if day.day == 1 else str(day.day)
        return self("date.day", day=number, month=month, year=day.year)

    def time(self, moment: datetime) -> str:
        """Return the time of day on this computer: « 14 h 05 », "14:05"."""
        local = moment.astimezone()
        return self("date.time", hour=local.hour, minute=f"{local.minute:02}")
