"""Telephone numbers that a message wants to be called: the insurer's are short and known.

>>> [(each.code, each.values["number"]) for each in judge_phones("Appelez le 08 99 12 34 56 !")]
[('phone.costly', '08 99 12 34 56')]
>>> judge_phones("Une question ? Appelez le 3422.")
[]
"""

from __future__ import annotations

import re

from espace_tui.guide.message.letter import Finding
from espace_tui.guide.message.limits import PER_CODE, TEXT, TOKEN
from espace_tui.guide.message.signs.folding import fold
from espace_tui.guide.message.visible import line

_CALL = re.compile(
    r"(?<!ne )(?<!n')\b(?:r?appel(?:e[rz]|le[sz]?)|appels? au|contact\w*|joign\w*|joindre"
    r"|telephon\w*|call)\b[^\n]{0,140}"
)
_NUMBER = re.compile(
    r"(?<![0-9,./])(?![0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}(?![ ./-]?[0-9]))"
    r"(\+?[0-9](?:[ .\-/]?[0-9]){5,14}|3[0-9]{3})(?![0-9])"
)
_COSTLY = re.compile(r"(?:\+?33|0033)?0?8(?:[1289][0-9])|118[0-9]{3}\Z")
_FREE = re.compile(r"(?:\+?33|0033)?0?80|(?:3422|3646|3939|3020)\Z")
"""Numbers that cost nothing more, and those of the insurer and of public services."""


def judge_phones(text: str) -> list[Finding]:
    """Return what the numbers to be called tell: those that cost, and any other long one."""
    found: dict[str, Finding] = {}
    calls = _CALL.findall(fold(text[:TEXT]))
    for shown in (each for call in calls for each in _NUMBER.findall(call)):
        digits = re.sub("[^0-9+]", "", shown)
        if not _FREE.match(digits):
            code = "phone.costly" if _COSTLY.match(digits) else "phone.other"
            found.setdefault(digits, Finding(code, {"number": line(shown, TOKEN)}))
    return list(found.values())[:PER_CODE]
