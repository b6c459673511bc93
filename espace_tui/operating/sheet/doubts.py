"""What deserves a second look in a line that is right: told beside the rejects, never a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from espace_tui.activation.use_cases.administration import Invitee
from espace_tui.i18n import Text
from espace_tui.validators import Advice, card_serial, email, mobile, nir

Doubt = tuple[str, Text]
"""A column, and the text that says what to look at."""
_MONTHS = range(1, 13)
_BROKEN = re.compile("[ÂÃ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|\ufffd")
"""Letters that were read in another encoding than they were written in, before this file."""


def doubts(person: Invitee) -> Iterator[Doubt]:
    """Yield what deserves a second look."""
    for column, text in (("first_name", person.first_name), ("last_name", person.last_name)):
        if not text.isascii() and _BROKEN.search(text):
            yield column, Text("operator.doubt.mojibake")
    if not _is_same_month(person):
        yield "birth_date", Text("operator.doubt.birth-match")
    yield from _told("nir", nir.advise(person.nir))
    yield from _told("card_serial", card_serial.advise(person.serial, person.kind, person.nir))
    if person.email:
        yield from _told("email", email.advise(person.email))
    if person.mobile:
        yield from _told("mobile", mobile.advise(person.mobile))


def _told(column: str, advice: tuple[Advice, ...]) -> Iterator[Doubt]:
    for each in advice:
        code = each.text.id.removeprefix("advice.")
        yield column, Text(f"operator.doubt.{code}", each.text.values)


def _is_same_month(person: Invitee) -> bool:
    """Tell whether the NIR and the date are of one month; a month that is unknown says nothing."""
    year, month = person.nir[1:3], person.nir[3:5]
    if year != f"{person.birth_date.year % 100:02}":
        return False
    return int(month) not in _MONTHS or int(month) == person.birth_date.month
