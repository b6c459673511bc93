"""A mobile number of France or of its overseas territories, returned in E.164 (``+33612345678``).

Typed in national form, an overseas number is wrong for France, so every territory is tried
before refusing; the short numbers of the Pacific and of Saint-Pierre-et-Miquelon may be right in
two places, and then the country code is asked. The French range for fiction, 06 39 98 xx xx,
belongs to nobody: phonenumbers calls it invalid, we accept it, because demonstrations and tests
need numbers that can never reach a real person.

    >>> parse("Tél. : 06 39 98 12 34")
    '+33639981234'
    >>> parse("0692 12 34 56")
    '+262692123456'
    >>> groups("+33639981234")
    ('+33', '6', '39', '98', '12', '34')
    >>> parse("01 23 45 67 89")
    Traceback (most recent call last):
    espace_tui.errors.InvalidValue: mobile.landline
"""

from __future__ import annotations

import re

from espace_tui.errors import InvalidValue
from espace_tui.validators import compact, foreign_digits, listed, plain, spelled, without_words

FRANCE = "FR"
REGIONS = (FRANCE, "RE", "GP", "MQ", "GF", "YT", "PM", "NC", "PF", "WF")
FIRST_GROUPS = {
    "33": 1,
    "262": 3,
    "508": 2,
    "590": 3,
    "594": 3,
    "596": 3,
    "681": 2,
    "687": 2,
    "689": 2,
}
"""Country codes, and how many digits follow each before the pairs."""
LONGEST = 15
"""Digits of an international number at most (ITU-T E.164)."""

SHORTEST = 6
"""Digits of the shortest national numbers, in the Pacific."""
NATIONAL = 10
"""Digits of a national number, but for the short ones of some territories."""

_NUMBER = re.compile(r"\+?[0-9]+")
_STRANGE = re.compile("[^0-9]")
_TRUNK = re.compile(r"\( ?0 ?\)")
_ABROAD = re.compile("00(?=[1-9])")
_WITHIN = re.compile(
    r"(?<![0-9])(?:(?:\+|00)[0-9]{2,3}[ .-]?[0-9]{1,3}|0[0-9]{1,3})"
    r"(?:[ .-]?[0-9]{2}){3,4}(?![ .-]?[0-9])"
)
_FICTION = re.compile(r"(?:\+33|0)(63998[0-9]{4})")


def parse(text: str) -> str:
    """Return a mobile number in E.164."""
    number = _read(plain(text))
    if not number:
        raise InvalidValue("mobile.missing")
    if found := foreign_digits(number):
        raise InvalidValue("mobile.digits", characters=spelled(found))
    if not _NUMBER.fullmatch(number):
        raise InvalidValue(
            "mobile.characters", characters=spelled("".join(_STRANGE.findall(number)))
        )
    if len(number.removeprefix("+")) > LONGEST:
        raise InvalidValue("mobile.length", found=len(number))
    if number.startswith("+") and not _country_code(number):
        raise InvalidValue("mobile.foreign")
    fiction = _FICTION.fullmatch(number)
    return f"+33{fiction[1]}" if fiction else _mobile(number)


def normalize(text: str) -> str:
    """Return the number found in a pasted text, or the text on one line."""
    line = plain(text)
    number = _read(line)
    return number if _NUMBER.fullmatch(number) and _is_likely(number) else line


def groups(text: str) -> tuple[str, ...]:
    """Return a number, or the beginning of one, as it is read aloud."""
    number = _read(plain(text))
    code = _country_code(number)
    head, first = f"+{code}" if code else "", FIRST_GROUPS.get(code, 2)
    rest = number.removeprefix(head)
    pairs = [rest[at : at + 2] for at in range(first, len(rest), 2)]
    return tuple(filter(None, (head, rest[:first], *pairs)))


def _read(line: str) -> str:
    line = _TRUNK.sub("", line)
    number = compact(without_words(line))
    if not _NUMBER.fullmatch(number) or not _is_likely(number):
        within = _WITHIN.findall(line)
        number = compact(within[0]) if len(within) == 1 else number
    return _ABROAD.sub("+", number, count=1) if number.startswith("00") else number


def _is_likely(number: str) -> bool:
    return SHORTEST <= len(number.removeprefix("+")) <= LONGEST


def _country_code(number: str) -> str:
    return next((code for code in FIRST_GROUPS if number.startswith(f"+{code}")), "")


def _mobile(number: str) -> str:
    """Return the E.164 form of a mobile number of one of the regions, the first being France."""
    import phonenumbers  # noqa: PLC0415 — 24 ms, not before the first paint
    from phonenumbers import PhoneNumberType  # noqa: PLC0415

    mobile = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
    found: dict[str, bool] = {}
    for region in REGIONS:
        try:
            parsed = phonenumbers.parse(number, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            form = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
            found[form] = phonenumbers.number_type(parsed) in mobile
            if region == FRANCE:
                break
    return _only(found, number)


def _only(found: dict[str, bool], number: str) -> str:
    mobiles = [form for form, is_mobile in found.items() if is_mobile]
    if len(mobiles) > 1:
        raise InvalidValue(
            "mobile.ambiguous", codes=listed(f"+{_country_code(m)}" for m in mobiles)
        )
    if not mobiles:
        raise InvalidValue("mobile.landline" if found else _unknown(number), found=_digits(number))
    return mobiles[0]


def _unknown(number: str) -> str:
    return "mobile.unknown" if _digits(number) == NATIONAL else "mobile.length"


def _digits(number: str) -> int:
    """Return how many digits a number has in national form."""
    code = _country_code(number)
    return len(number.removeprefix(f"+{code}").removeprefix("0")) + 1 if code else len(number)
