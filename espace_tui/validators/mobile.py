"""A mobile number of France or of its overseas territories, returned in E.164 (``+33612345678``).

Nine digits after the 0 or the country code are one numbering plan: their beginning alone says the
territory (0692: La Réunion, 0639: Mayotte…). A country code that contradicts it is refused by
naming the right one, so that no message goes elsewhere. The short numbers of the Pacific and of
Saint-Pierre-et-Miquelon may be right in two places: then the country code is asked.

phonenumbers' tables of what is given out are always late: a range they do not know is advice, never
a refusal; only a landline or a service is refused. The French range for fiction, 06 39 98 xx xx,
belongs to nobody: we accept it, because demonstrations and tests need numbers that can never reach
a real person.

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
from espace_tui.i18n import Text
from espace_tui.validators import (
    Advice,
    compact,
    foreign_digits,
    lazy,
    listed,
    names_only,
    plain,
    spelled,
    unshifted,
    without_words,
)

FICTION = "63998"
TERRITORIES = {
    FICTION: "33",
    **dict.fromkeys(("639", "692", "693", "7092", "70935", "70936", "70937"), "262"),
    **dict.fromkeys(("690", "691", "7090"), "590"),
    **dict.fromkeys(("694", "70930", "70931", "70932", "70933"), "594"),
    **dict.fromkeys(("696", "697", "7091"), "596"),
    **dict.fromkeys(("7084", "7085"), "508"),
    **dict.fromkeys(("6", "7"), "33"),
}
"""How the nine digits of a mobile number begin, and the country code that goes with it."""
SHORT_REGIONS = ("PM", "NC", "PF", "WF")
"""Where a number may have six or eight digits."""
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
_WITHOUT_TRUNK = {"508", "681", "687", "689"}
"""Where a national number has no 0 before it."""
LONGEST = 15
"""Digits of an international number at most (ITU-T E.164)."""
SHORTEST = 6
"""Digits of the shortest national numbers, in the Pacific."""
NATIONAL = 9
"""Digits of a national number after its 0, but for the short ones of some territories."""

_NUMBER = re.compile(r"\+?[0-9]+")
_STRANGE = re.compile("[^0-9]")
_TRUNK = re.compile(r" ?\( ?0 ?\)")
_ABROAD = re.compile("00(?=[1-9])")
_FRACTION = re.compile(r"(?<![0-9])((?:(?:00)?(?:33|262|59[046])|0)?[67][0-9]{8})[.,]0+$")
"""What a spreadsheet adds to a number."""
_WITHIN = re.compile(
    r"(?:\+[1-9](?:[ .-]?[0-9]){7,13}|(?<![0-9])"
    r"(?:00[1-9](?:[ .-]?[0-9]){7,13}|0[1-9](?:[ .-]?[0-9]){8}|[67][0-9]{8}))"
    r"(?![.-]?(?!0[1-9](?:[ .-]?[0-9]){8}(?![0-9]))[0-9]| (?!0[1-9]|\+)[0-9])"
)


def parse(text: str) -> str:
    """Return a mobile number in E.164."""
    line = plain(text)
    if digits := unshifted(line):
        raise InvalidValue("mobile.shift", suggestion=digits)
    if found := foreign_digits(line):
        raise InvalidValue("mobile.digits", characters=spelled(found))
    number = _only(_numbers(line))
    if not number:
        raise InvalidValue("mobile.missing" if names_only(line) else "mobile.no-digits")
    if not _NUMBER.fullmatch(number):
        strange = "".join(_STRANGE.findall(number))
        raise InvalidValue("mobile.characters", characters=spelled(strange))
    return _mobile(number)


def normalize(text: str) -> str:
    """Return the number found in a pasted text, or the text on one line."""
    line = plain(text)
    if unshifted(line) or foreign_digits(line):
        return line
    try:
        number = _only(_numbers(line))
    except InvalidValue:
        return line
    return number if _NUMBER.fullmatch(number) and _is_likely(number) else line


def groups(text: str) -> tuple[str, ...]:
    """Return a number, or the beginning of one, as it is read aloud."""
    number = _numbers(plain(text))[0]
    code = _country_code(number)
    head, first = f"+{code}" if code else "", FIRST_GROUPS.get(code, 2)
    rest = number.removeprefix(head)
    pairs = [rest[at : at + 2] for at in range(first, len(rest), 2)]
    return tuple(filter(None, (head, rest[:first], *pairs)))


def as_read(number: str) -> str:
    """Return a number as people read it: that of France without its country code.

    >>> as_read("+33639981234"), as_read("+262692123456"), as_read("zoe")
    ('06 39 98 12 34', '+262 692 12 34 56', 'zoe')
    """
    if not _NUMBER.fullmatch(number):
        return number
    head, *rest = groups(number)
    return " ".join(["0" + rest[0], *rest[1:]] if head == "+33" and rest else [head, *rest])


def advise(value: str) -> tuple[Advice, ...]:
    """Return what is rare in a number in E.164: a range that the tables do not know."""
    if not _NUMBER.fullmatch(value) or value.startswith(f"+33{FICTION}"):
        return ()
    phonenumbers = lazy.phonenumbers
    kinds = phonenumbers.PhoneNumberType
    try:
        kind = phonenumbers.number_type(phonenumbers.parse(value))
    except phonenumbers.NumberParseException:
        return ()
    known = kind in {kinds.MOBILE, kinds.FIXED_LINE_OR_MOBILE}
    return () if known else (Advice(Text("advice.mobile.range")),)


# --- which number is meant


def _numbers(line: str) -> list[str]:
    """Return the numbers of a line: the whole of it, or those that stand complete within it."""
    line = _TRUNK.sub("", _FRACTION.sub(r"\1", line))
    whole = compact(without_words(line))
    number = _with_plus(whole)
    if _NUMBER.fullmatch(number) and _is_complete(number):
        return [number]
    within = [_with_plus(compact(found)) for found in _WITHIN.findall(line)]
    return list(dict.fromkeys(within)) or [number]


def _with_plus(number: str) -> str:
    return _ABROAD.sub("+", number, count=1) if number.startswith("00") else number


def _only(numbers: list[str]) -> str:
    """Return the only mobile among several numbers."""
    first, *others = numbers
    if not others:
        return first
    mobiles = {form: number for number in numbers if (form := _mobile_or_nothing(number))}
    if len(mobiles) > 1:
        raise InvalidValue("mobile.several")
    return next(iter(mobiles.values()), first)


def _mobile_or_nothing(number: str) -> str:
    try:
        return _mobile(number)
    except InvalidValue:
        return ""


def _is_likely(number: str) -> bool:
    return SHORTEST <= len(number.removeprefix("+")) <= LONGEST


def _is_complete(number: str) -> bool:
    _, rest = _split(number)
    return len(rest) == NATIONAL


# --- what a number is


def _country_code(number: str) -> str:
    return next((code for code in FIRST_GROUPS if number.startswith(f"+{code}")), "")


def _split(number: str) -> tuple[str, str]:
    """Return the country code, if it is written, and the number without it and without its 0.

    A spreadsheet drops the « + » and the first 0: « 33612345678 », « 612345678 ».
    """
    code = _country_code(number)
    rest = number.removeprefix(f"+{code}") if code else number
    if not code:
        written = (each for each in FIRST_GROUPS if rest.startswith(each))
        code = next(
            (c for c in written if len(rest) == len(c) + NATIONAL and rest[len(c)] in "67"), ""
        )
        rest = rest.removeprefix(code)
    return code, rest.removeprefix("0")


def _mobile(number: str) -> str:
    """Return the E.164 form of a mobile number of one of the territories."""
    code, rest = _split(number)
    if number.startswith("+") and not code:
        raise InvalidValue("mobile.foreign")
    if len(number.removeprefix("+")) > LONGEST:
        raise InvalidValue("mobile.length", found=len(number.removeprefix("+")))
    if len(rest) == NATIONAL and (number[0] in "+0" or code or rest[0] in "67"):
        return _of_the_plan(code, rest)
    if not code:
        return _of_any_territory(number)
    kinds = _kinds(number, "")
    if code == "33" or not kinds:
        raise InvalidValue("mobile.length", found=len(rest) + (code not in _WITHOUT_TRUNK))
    return _only_mobile(kinds)


def _of_the_plan(code: str, rest: str) -> str:
    """Return the E.164 form of nine digits, whose beginning says the territory."""
    if rest[0] in "1234589":
        raise InvalidValue("mobile.landline")
    begun = max((each for each in TERRITORIES if rest.startswith(each)), key=len, default="")
    if not begun:
        raise InvalidValue("mobile.unknown")
    right = TERRITORIES[begun]
    if code and code != right:
        raise InvalidValue("mobile.prefix", suggestion=" ".join(groups(f"+{right}{rest}")))
    return f"+{right}{rest}"


def _of_any_territory(number: str) -> str:
    """Return the E.164 form of a short number without its country code, right in one place only."""
    kinds: dict[str, bool] = {}
    for region in SHORT_REGIONS:
        kinds |= _kinds(number, region)
    if not kinds:
        raise InvalidValue("mobile.length", found=len(number))
    return _only_mobile(kinds)


def _only_mobile(kinds: dict[str, bool]) -> str:
    if len(kinds) > 1:
        raise InvalidValue("mobile.ambiguous", codes=listed(f"+{_country_code(k)}" for k in kinds))
    ((form, receives),) = kinds.items()
    if not receives:
        raise InvalidValue("mobile.landline")
    return form


def _kinds(number: str, region: str) -> dict[str, bool]:
    """Return the E.164 form of a valid number, and whether it may receive messages."""
    phonenumbers = lazy.phonenumbers
    kinds = phonenumbers.PhoneNumberType
    fixed = {kinds.FIXED_LINE, kinds.TOLL_FREE, kinds.PREMIUM_RATE, kinds.SHARED_COST, kinds.UAN}
    try:
        parsed = phonenumbers.parse(number, region or None)
    except phonenumbers.NumberParseException:
        return {}
    right = phonenumbers.is_valid_number if region else phonenumbers.is_possible_number
    if not right(parsed):
        return {}
    form = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return {form: phonenumbers.number_type(parsed) not in fixed}
