"""The identifier a person chooses: digits, lower-case letters, point, hyphen, low line.

The guide of 2022 asks for 8 characters and refuses an e-mail address; the rules of 2025 also
refuse the NIR and a French IBAN, which must not become a public name. A capital or an accent is
refused with the form that would do: the answer itself is never changed.

    >>> parse("camille.martin")
    'camille.martin'
    >>> try:
    ...     parse("Hélène_Roy")
    ... except InvalidValue as error:
    ...     print(error.code, error.values["suggestion"])
    identifier.accents helene_roy
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from espace_tui.errors import InvalidValue
from espace_tui.i18n import Text
from espace_tui.i18n.spelling import without_accents
from espace_tui.validators import Tick, compact, lazy, plain, spelled, without_words

_STRANGE = re.compile("[^0-9a-z._-]")
_UPPER = re.compile("[A-Z]")
_NIR = re.compile("[1-478][0-9]{4}(?:[0-9]{2}|2[AB])[0-9]{8}")
_IBAN = re.compile("fr[0-9]{12}[0-9a-z]{11}[0-9]{2}")
_ROOT = 13
"""The NIR without its key."""
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "’": "", "'": ""})


@dataclass(frozen=True, slots=True)
class IdentifierRules:
    """What a backend publishes of identifiers."""

    min: int = 8
    max: int = 100
    not_nir: bool = False
    not_iban: bool = False


RULES = IdentifierRules()


def parse(text: str, rules: IdentifierRules = RULES, *, nir: str | None = None) -> str:
    """Return an identifier that meets the rules; `nir` is the person's, where it is known."""
    wanted = _composed(text)
    bounds: dict[str, object] = {"min": rules.min, "max": rules.max}
    if not wanted:
        raise InvalidValue("identifier.missing", **bounds)
    if "@" in wanted:
        raise InvalidValue("identifier.email")
    if strange := "".join(_STRANGE.findall(wanted)):
        raise _misspelled(wanted, strange, bounds)
    if not _fits(wanted, rules):
        raise InvalidValue("identifier.length", found=len(text.strip()), **bounds)
    if rules.not_nir and _is_nir(wanted, nir):
        raise InvalidValue("identifier.nir")
    if rules.not_iban and _is_iban(wanted):
        raise InvalidValue("identifier.iban")
    return wanted


def normalize(text: str) -> str:
    """Return a pasted identifier on one line."""
    return plain(text)


def ticks(text: str, rules: IdentifierRules = RULES) -> tuple[Tick, ...]:
    """Return the rules of an identifier, and whether each is met so far."""
    wanted = _composed(text)
    told = [
        ("length", _fits(wanted, rules)),
        ("characters", bool(wanted) and not _STRANGE.search(wanted)),
        ("not-email", bool(wanted) and "@" not in wanted),
    ]
    if rules.not_nir:
        told.append(("not-nir", bool(wanted) and not _is_nir(wanted, None)))
    if rules.not_iban:
        told.append(("not-iban", bool(wanted) and not _is_iban(wanted)))
    bounds = {"min": rules.min, "max": rules.max}
    return tuple(Tick(Text(f"rule.identifier.{name}", bounds), met) for name, met in told)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", plain(text))


def _fits(wanted: str, rules: IdentifierRules) -> bool:
    return rules.min <= len(wanted) <= rules.max


def _misspelled(wanted: str, strange: str, bounds: dict[str, object]) -> InvalidValue:
    """Return the problem of the characters, with the form that would do where there is one."""
    suggestion, told = _simplified(wanted), spelled(strange)
    if _STRANGE.search(suggestion):
        return InvalidValue("identifier.characters", characters=told, **bounds)
    code = "identifier.accents" if _UPPER.sub("", strange) else "identifier.uppercase"
    return InvalidValue(code, characters=told, suggestion=suggestion, **bounds)


def _simplified(wanted: str) -> str:
    """Return the lower-case form without accents."""
    return without_accents(wanted.casefold().translate(_LETTERS))


def _is_nir(wanted: str, nir: str | None) -> bool:
    """Tell whether the person's NIR, or any NIR with its key, makes the identifier."""
    number = compact(wanted).upper()
    known = compact(without_words(plain(nir or ""))).upper()[:_ROOT]
    if len(known) == _ROOT and known in number:
        return True
    if not _NIR.fullmatch(number):
        return False
    return lazy.nir.is_valid(number)


def _is_iban(wanted: str) -> bool:
    number = compact(wanted)
    if not _IBAN.fullmatch(number):
        return False
    return lazy.mod_97_10.is_valid(number[4:] + number[:4])
