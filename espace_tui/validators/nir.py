"""The NIR, « numéro de sécurité sociale »: 15 characters.

Layout: sex 1, year 2, month 2, department 2, commune 3, order 3, key 2. The key is 97 minus the
first 13 digits modulo 97, with 19 for ``2A`` and 18 for ``2B``; python-stdnum computes it.

Only the length, the characters and the key are refused. The official validators disagree on
provisional numbers (sex 3, 4, 7, 8) and unknown months (20 to 42, 50 to 99), so those, like a
month or a sex that does not exist, are advice: refusing a valid person is the worse error. From
91 to 96 the department may be Algeria, Morocco or Tunisia before their independence
(service-public.fr F33078): no region is concluded. The numbers below are fictitious.

    >>> parse("N° : 2 84 05 2a 321 025 52")
    '284052A32102552'
    >>> groups("284052A32102552")
    ('2', '84', '05', '2A', '321', '025', '52')
    >>> parse("2 84 05 88 321 025 30")
    Traceback (most recent call last):
    espace_tui.errors.InvalidValue: nir.key
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
    spans,
    spelled,
    unshifted,
    without_label,
    without_words,
)

LENGTH = 15
SIZES = (1, 2, 2, 2, 3, 3, 2)
NAMES = ("sex", "year", "month", "department", "commune", "order", "key")

_SHAPE = re.compile("[0-9]{5}(?:[0-9]{2}|2[AB])[0-9]{8}")
_WITHOUT_KEY = re.compile("[1-478][0-9]{4}(?:[0-9]{2}|2[AB])[0-9]{6}")
_FRACTION = re.compile("(?<=[0-9]{15})[.,]0+$")
"""What a spreadsheet adds to a number."""
_SERIAL = re.compile("8025[0-9]{6,17}")
_SEXES = {"1": "man", "2": "woman", "3": "man", "4": "woman", "7": "man", "8": "woman"}
_CORSICAN = re.compile("(?<=2)[AB]")
_MONTHS = {f"{month:02}" for month in range(1, 13)}
_UNKNOWN_MONTHS = {f"{month}" for month in (*range(20, 43), *range(50, 100))}


def parse(text: str) -> str:
    """Return the 15 characters of a NIR, however it is grouped or labelled."""
    line = plain(text)
    if digits := unshifted(line):
        raise InvalidValue("nir.shift", suggestion=" ".join(groups(digits)))
    number = _read(line)
    if not number:
        raise InvalidValue("nir.missing" if names_only(line) else "nir.no-digits")
    if found := foreign_digits(number):
        raise InvalidValue("nir.digits", characters=spelled(found))
    if strange := _strange(number):
        raise InvalidValue("nir.characters", characters=spelled(strange))
    _check_length(number)
    if not _has_its_key(number):
        raise _wrong_key(number)
    return number


def normalize(text: str) -> str:
    """Return the NIR found in a pasted text, or the text on one line."""
    line = plain(text)
    number = _read(line)
    return number if _SHAPE.fullmatch(number) else line


def groups(text: str) -> tuple[str, ...]:
    """Return a NIR, or the beginning of one, in its seven groups; what is too much comes last."""
    number, found = _read(plain(text)), []
    for size in (*SIZES, len(number)):
        found.append(number[:size])
        number = number[size:]
    return tuple(filter(None, found))


def advise(value: str) -> tuple[Advice, ...]:
    """Return what is rare in a NIR: a provisional number, a month that is unknown or is none."""
    number = _read(plain(value))
    if len(number) < LENGTH:
        return ()
    return tuple(Advice(Text(f"advice.nir.{name}")) for name in _oddities(number[0], number[3:5]))


def _oddities(sex: str, month: str) -> list[str]:
    found = []
    if sex not in {"1", "2"}:
        found.append("provisional" if sex in _SEXES else "sex")
    if month not in _MONTHS:
        found.append("month-unknown" if month in _UNKNOWN_MONTHS else "month")
    return found


# --- what a number says, so that the eye finds a slip


def reading(value: str) -> tuple[Text, ...]:
    """Return what a NIR, or the beginning of one, says: sex, year, month, place of birth."""
    complete = zip(NAMES, groups(value), SIZES, strict=False)
    told = {name: digits for name, digits, size in complete if len(digits) == size}
    found = [_sex(told["sex"])] if "sex" in told else []
    if "year" in told:
        found.append(Text("nir.reading.year", {"year": told["year"]}))
    if "month" in told:
        found.append(_month(told["month"]))
    if "department" in told:
        found.append(_place(told["department"], told.get("commune", "")))
    return tuple(found)


def _sex(digit: str) -> Text:
    return Text(f"nir.reading.{_SEXES.get(digit, 'no-sex')}", {"digit": digit})


def _month(digits: str) -> Text:
    if digits in _MONTHS:
        return Text("nir.reading.month", {"month": Text(f"month.{int(digits)}")})
    known = "month-unknown" if digits in _UNKNOWN_MONTHS else "no-month"
    return Text(f"nir.reading.{known}", {"digits": digits})


def _place(department: str, commune: str) -> Text:
    if department in {"97", "98"}:
        return Text("nir.reading.overseas", {"department": department + commune[:1]})
    if "91" <= department <= "96":
        return Text("nir.reading.either", {"department": department})
    special = {"99": "abroad", "2A": "corsica", "2B": "corsica", "20": "corsica", "00": "nowhere"}
    name = special.get(department, "department")
    return Text(f"nir.reading.{name}", {"department": department})


# --- what is wrong


def _read(line: str) -> str:
    """Return the characters of the number of a line; in a sentence, those whose key is right."""
    words = without_words(_FRACTION.sub("", without_label(line)))
    number = _as_printed(compact(words))
    if len(number) > LENGTH and words != line:
        found = (_as_printed(span.value) for span in spans(words, LENGTH))
        right = (each for each in found if _SHAPE.fullmatch(each) and _has_its_key(each))
        return next(right, number)
    return number


def _as_printed(number: str) -> str:
    if number[5:7] in {"2a", "2b"}:
        return number[:5] + number[5:7].upper() + number[7:]
    return number


def _check_length(number: str) -> None:
    if len(number) == LENGTH:
        return
    if _SERIAL.fullmatch(number):
        raise InvalidValue("nir.is-serial", found=len(number), expected=LENGTH)
    if _WITHOUT_KEY.fullmatch(number):
        raise InvalidValue("nir.without-key", found=len(number), expected=LENGTH)
    raise InvalidValue("nir.length", found=len(number), expected=LENGTH)


def _strange(number: str) -> str:
    """Return what is no digit; of a number too long or too short, one Corsican letter anywhere."""
    if len(number) == LENGTH:
        digits = number[:6] + number[7:] if number[5:7] in {"2A", "2B"} else number
    else:
        digits = _CORSICAN.sub("", number, count=1)
    return "".join(c for c in digits if c not in "0123456789")


def _has_its_key(number: str) -> bool:
    return bool(lazy.nir.calc_check_digits(number) == number[13:])


def _wrong_key(number: str) -> InvalidValue:
    return InvalidValue("nir.key", groups=_to_read_again(number), reading=listed(reading(number)))


def _to_read_again(number: str) -> Text:
    """Name the groups where one slip alone explains the wrong key; which slip is not guessed."""
    suspects = {_group_at(position) for position in _slips(number)}
    if not suspects or len(suspects) == len(SIZES):
        return Text("nir.group.all")
    printed = groups(number)
    return listed(
        Text(f"nir.group.{NAMES[at]}", {"digits": printed[at]}) for at in sorted(suspects)
    )


def _slips(number: str) -> set[int]:
    """Return the positions where another digit, or a swap with the next one, gives a right key."""
    found = set()
    for at in range(LENGTH):
        other = [number[:at] + digit + number[at + 1 :] for digit in "0123456789AB"]
        swap = number[:at] + number[at : at + 2][::-1] + number[at + 2 :]
        if any(_believable(candidate) for candidate in [*other, swap]):
            found.add(at)
    return found


def _believable(number: str) -> bool:
    if not _SHAPE.fullmatch(number) or number[0] not in _SEXES:
        return False
    month = number[3:5]
    return (month in _MONTHS or month in _UNKNOWN_MONTHS) and _has_its_key(number)


def _group_at(position: int) -> int:
    return next(at for at in range(len(SIZES)) if position < sum(SIZES[: at + 1]))
