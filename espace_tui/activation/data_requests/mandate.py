"""Who acts in somebody's place, and why: what the audit trail keeps of it.

>>> Mandate.read("a.martin", "letter of 3 November")
Mandate(operator='a.martin', reason='letter of 3 November')
>>> Mandate.read("a.martin", "asked by 2 55 08 14 168 025 38")
Traceback (most recent call last):
    ...
espace_tui.errors.InvalidSettings: mandate-number
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from espace_tui.errors import InvalidSettings

LONGEST = 200
_NUMBER = re.compile(r"(?:[0-9][ ./-]?){10}")
"""A NIR, a serial or a telephone number: the trail is about pseudonyms."""


@dataclass(frozen=True, slots=True)
class Mandate:
    """An operator and a reason."""

    operator: str
    reason: str

    @classmethod
    def read(cls, operator: str, reason: str) -> Self:
        """Return a mandate that the trail may hold; raises `InvalidSettings`."""
        return cls(_clean(operator, "--operator"), _clean(reason, "--reason"))


def _clean(text: str, name: str) -> str:
    whole = " ".join(text.split())
    if not whole:
        raise InvalidSettings("mandate-missing", key=name)
    if len(whole) > LONGEST or not whole.isprintable():
        raise InvalidSettings("mandate-characters", key=name, longest=LONGEST)
    if _NUMBER.search(whole) or "@" in whole:
        raise InvalidSettings("mandate-number", key=name)
    return whole
