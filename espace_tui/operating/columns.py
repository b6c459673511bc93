"""How a line of a file becomes a person: each column through its validator.

What is wrong is told in an operator's words (``operator.reason.<code>``): the validators' own
sentences speak to the person.

>>> column_of("Date de naissance"), column_of("N° de sécurité sociale"), column_of("Ville")
('birth_date', 'nir', '')
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from espace_tui.activation.use_cases.administration import Invitee
from espace_tui.errors import InvalidValue
from espace_tui.i18n import LANGUAGES, Text
from espace_tui.i18n.spelling import without_accents
from espace_tui.i18n.unseen import has_unseen
from espace_tui.operating.sheet import cells as of_cells
from espace_tui.operating.sheet.doubts import Doubt, doubts
from espace_tui.operating.sheet.errors import BadCellError, BadLineError
from espace_tui.operating.sheet.titles import NEEDED, column_of
from espace_tui.validators import birth_date, card_serial, compact, email, mobile, nir
from espace_tui.validators.card_serial import CardKind

__all__ = ["NEEDED", "BadLineError", "JudgedPerson", "column_of", "judge", "parse_person"]
KINDS = {
    CardKind.PHOTO: ("photo", "avec photo", "with photo", "avec", "carte avec photo"),
    CardKind.PLAIN: ("plain", "sans photo", "without photo", "sans", "carte sans photo"),
}
LONGEST_NAME = 100
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""What makes a spreadsheet compute a cell instead of showing it."""
_NAMES = {"first_name", "last_name"}
NIR_WITHOUT_KEY = 13
_KEY = re.compile("[0-9]{1,2}")
_NOT_BY_MESSAGE = {"mobile.landline", "mobile.foreign"}
"""Numbers that are right but get no message: an e-mail address beside them is enough."""


@dataclass(frozen=True, slots=True)
class JudgedPerson:
    """A person, and what deserves a second look."""

    person: Invitee
    doubts: tuple[Doubt, ...]


def parse_person(cells: Mapping[str, str]) -> Invitee:
    """Return the person of a line; raises `BadLineError`."""
    return judge(cells).person


def judge(cells: Mapping[str, str]) -> JudgedPerson:
    """Return the person of a line and what deserves a second look; raises `BadLineError`."""
    values: dict[str, Any] = {}
    problems: list[tuple[str, Text]] = []
    for column, parse in _PARSES.items():
        try:
            cell = cells.get(column, "")
            if column == "nir":
                cell = _with_key(cell, cells.get("nir_key", ""))
            values[column] = parse(_read(column, cell), values)
        except InvalidValue as error:
            problems.append((column, Text(f"operator.reason.{error.code}", error.values)))
        except BadCellError as error:
            problems.append((column, Text(f"operator.reason.{error.code}")))
    told = _without_message(problems) if values.get("email") else []
    if not problems and not (values["email"] or values.setdefault("mobile", None)):
        problems.append(("email", Text("operator.reason.no-contact")))
    if problems:
        raise BadLineError(problems)
    values.setdefault("mobile", None)
    person = Invitee(kind=values.pop("card_kind"), serial=values.pop("card_serial"), **values)
    return JudgedPerson(person, (*told, *doubts(person)))


def parse_name(text: str) -> str:
    """Return a first or last name."""
    whole = " ".join(text.split())
    if not whole:
        raise InvalidValue("name.missing")
    is_hidden = not whole.isprintable() or has_unseen(whole)
    is_name = any(map(str.isalpha, whole)) and not whole.startswith(_FORMULA)
    if len(whole) > LONGEST_NAME or is_hidden or not is_name:
        raise InvalidValue("name.characters", longest=LONGEST_NAME)
    return whole


def _read(column: str, cell: str) -> str:
    """Return what a cell says; a name may well be « Null »."""
    text = of_cells.cleaned(cell)
    if not text:
        return ""
    if column in _NAMES:
        return text if any(map(str.isalnum, text)) or not text.isprintable() else ""
    if of_cells.is_nothing(text):
        return ""
    return of_cells.number(text) if column in _NUMBERS else text


def _with_key(cell: str, key: str) -> str:
    """Return a NIR with its key, which some files have in a column of its own."""
    if not key.strip():
        return cell
    digits, number = _read("nir_key", key), compact(_read("nir", cell))
    if len(number) != NIR_WITHOUT_KEY or not _KEY.fullmatch(digits):
        return cell
    return number + digits.zfill(2)  # a spreadsheet drops the zero of « 07 »


def _without_message(problems: list[tuple[str, Text]]) -> list[Doubt]:
    """Take out of the problems a number that only gets no message; return it as a doubt."""
    for problem in problems:
        code = problem[1].id.removeprefix("operator.reason.")
        if code in _NOT_BY_MESSAGE:
            problems.remove(problem)
            return [(problem[0], Text(f"operator.doubt.{code}"))]
    return []


@lru_cache(64)
def _kind(text: str) -> CardKind:
    plain = re.sub(r"[^a-z]+", " ", without_accents(text.casefold())).strip()
    for kind, words in KINDS.items():
        if plain in words:
            return kind
    raise InvalidValue("card-kind.unknown")


def _serial(text: str, so_far: Mapping[str, Any]) -> str:
    """Return a serial number; of an unknown kind of card, there is nothing to say."""
    kind = so_far.get("card_kind")
    return card_serial.parse(text, kind, nir=so_far.get("nir")) if kind else ""


@lru_cache(4096)
def _birth_date(text: str) -> date:
    """Return a birth date: in a long file, most come back."""
    return birth_date.parse(text)


def _language(text: str) -> str:
    if text and text.lower() not in LANGUAGES:
        raise InvalidValue("language.unknown")
    return text.lower() or LANGUAGES[0]


_NUMBERS = {"nir", "nir_key", "card_serial", "mobile"}
_PARSES: Mapping[str, Callable[[str, dict[str, Any]], object]] = {
    "first_name": lambda text, _: parse_name(text),
    "last_name": lambda text, _: parse_name(text),
    "birth_date": lambda text, _: _birth_date(text),
    "nir": lambda text, _: nir.parse(text),
    "card_kind": lambda text, _: _kind(text),
    "card_serial": _serial,
    "email": lambda text, _: email.parse(text) if text else None,
    "mobile": lambda text, _: mobile.parse(text) if text else None,
    "language": lambda text, _: _language(text),
}
