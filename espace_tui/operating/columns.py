"""The columns of a file of people: their names in both languages, and how a line becomes a person.

>>> column_of("Date de naissance"), column_of("N° de sécurité sociale"), column_of("Ville")
('birth_date', 'nir', '')
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from espace_tui.activation.use_cases.administration import Invitee
from espace_tui.errors import InvalidValue
from espace_tui.i18n import LANGUAGES, Text
from espace_tui.i18n.spelling import without_accents
from espace_tui.validators import birth_date, card_serial, email, mobile, nir
from espace_tui.validators.card_serial import CardKind

NEEDED = ("first_name", "last_name", "birth_date", "nir", "card_kind", "card_serial")
TITLES = {
    "first_name": ("first name", "prenom", "prenoms", "given name"),
    "last_name": ("last name", "nom", "nom de famille", "nom de naissance", "surname"),
    "birth_date": ("birth date", "date of birth", "date de naissance", "naissance"),
    "nir": (
        "nir",
        "social security number",
        "numero de securite sociale",
        "no de securite sociale",
    ),
    "card_kind": ("card kind", "kind of card", "type de carte"),
    "card_serial": ("card serial", "serial number", "numero de serie", "no de serie"),
    "email": ("email", "e mail", "mail", "courriel", "adresse e mail", "adresse electronique"),
    "mobile": ("mobile", "mobile number", "portable", "telephone", "telephone mobile"),
    "language": ("language", "langue"),
}
KINDS = {
    CardKind.PHOTO: ("photo", "avec photo", "with photo"),
    CardKind.PLAIN: ("plain", "sans photo", "without photo"),
}
LONGEST_NAME = 100


class BadLineError(Exception):
    """A line that is not a person; each problem is a column and the text of what is wrong."""

    def __init__(self, problems: list[tuple[str, Text]]) -> None:
        super().__init__(", ".join(column for column, _ in problems))
        self.problems = problems


def column_of(title: str) -> str:
    """Return the column that a title names; empty when none."""
    plain = _plain(title)
    return next((name for name, titles in TITLES.items() if plain in titles), "")


def parse_person(cells: Mapping[str, str]) -> Invitee:
    """Return the person of a line; raises `BadLine`."""
    values: dict[str, Any] = {}
    problems: list[tuple[str, Text]] = []
    for column, parse in _PARSES.items():
        try:
            values[column] = parse(cells.get(column, "").strip(), values)
        except InvalidValue as error:
            problems.append((column, Text(f"error.{error.code}", error.values)))
    if not problems and not (values["email"] or values["mobile"]):
        problems.append(("email", Text("operator.line.no-contact")))
    if problems:
        raise BadLineError(problems)
    return Invitee(kind=values.pop("card_kind"), serial=values.pop("card_serial"), **values)


def parse_name(text: str) -> str:
    """Return a first or last name."""
    whole = " ".join(text.split())
    if not whole:
        raise InvalidValue("name.missing")
    if len(whole) > LONGEST_NAME or not whole.isprintable():
        raise InvalidValue("name.characters", longest=LONGEST_NAME)
    return whole


def _plain(title: str) -> str:
    letters = without_accents(title.replace("°", "o").casefold())
    return re.sub(r"[^a-z]+", " ", letters).strip()


def _kind(text: str) -> CardKind:
    plain = _plain(text)
    for kind, words in KINDS.items():
        if plain in words:
            return kind
    raise InvalidValue("card-kind.unknown")


def _serial(text: str, kind: CardKind | None) -> str:
    """Return a serial number; of an unknown kind of card, there is nothing to say."""
    return card_serial.parse(text, kind) if kind else ""


def _language(text: str) -> str:
    if text and text.lower() not in LANGUAGES:
        raise InvalidValue("language.unknown")
    return text.lower() or LANGUAGES[0]


_PARSES: Mapping[str, Callable[[str, dict[str, Any]], object]] = {
    "first_name": lambda text, _: parse_name(text),
    "last_name": lambda text, _: parse_name(text),
    "birth_date": lambda text, _: birth_date.parse(text),
    "nir": lambda text, _: nir.parse(text),
    "card_kind": lambda text, _: _kind(text),
    "card_serial": lambda text, so_far: _serial(text, so_far.get("card_kind")),
    "email": lambda text, _: email.parse(text) if text else None,
    "mobile": lambda text, _: mobile.parse(text) if text else None,
    "language": lambda text, _: _language(text),
}
