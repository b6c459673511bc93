"""The fictitious people of the tests, once: what each is invited with, and what they choose.

The numbers are those of public examples, or belong to nobody; the telephone numbers are kept for
fiction by the Arcep. Camille and Dominique are those of `espace_tui.testing`, which anybody who
plugs in a backend has too.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from espace_tui.activation.use_cases.administration import Invitee
from espace_tui.testing import ANOTHER, SOMEONE, Person
from espace_tui.validators import nir
from espace_tui.validators.card_serial import CardKind


def invitee(person: Person) -> Invitee:
    """Return what somebody is invited with."""
    return Invitee(
        first_name=person.first_name,
        last_name=person.last_name,
        birth_date=person.birth_date,
        nir=person.nir,
        kind=person.kind,
        serial=person.serial,
        email=person.email,
        mobile=person.mobile,
    )


ZOE = Invitee(
    first_name="Zoé-Anaïs",
    last_name="D’Été",
    birth_date=date(1984, 5, 12),
    nir="284058832102532",
    kind=CardKind.PHOTO,
    serial="31415926535",
    email="zoe@exemple.fr",
    mobile="+33639981234",
)
"""Who walks the journey on both faces: an accent and an apostrophe in her name."""

CAMILLE = replace(invitee(SOMEONE), mobile=None)
"""Who is invited from the command line."""

CHRISTIAN = replace(
    CAMILLE,
    first_name="Christian",
    birth_date=date(1955, 8, 12),
    serial="12345678901",
    email="christian@exemple.fr",
    mobile="+33612345646",
)
"""Who is in hand where the rules are tested: both contacts are known."""

DOMINIQUE = invitee(ANOTHER)
"""Somebody else there: a card without a photo, a mail address only."""

ALICE = replace(
    ZOE,
    first_name="Alice",
    last_name="Durand",
    birth_date=date(1984, 5, 17),
    serial="12345678901",
    email="alice.durand@exemple.fr",
    mobile="+33612345678",
)
"""Who uses the reference service."""

BRUNO = replace(
    ALICE,
    first_name="Bruno",
    nir="184027512345674",
    serial="98765432109",
    email="bruno@exemple.fr",
    mobile="+33698765432",
)
"""Who uses it beside her."""

STRANGER_NIR = "295109912611193"
"""A right number that nobody was invited with."""


def someone(number: int) -> Invitee:
    """Return one of many people."""
    root = f"255081416{number:04}"
    key = 97 - int(root) % 97
    return replace(
        DOMINIQUE, first_name=f"N{number}", nir=f"{root}{key:02}", email=f"n{number}@exemple.fr"
    )


def nir_as_printed(person: Invitee) -> str:
    """Return a number as it stands on the card: « 2 84 05 88 321 025 32 »."""
    return " ".join(nir.groups(person.nir))


def birth_date_as_typed(person: Invitee) -> str:
    """Return a date of birth as people type it: 12/05/1984."""
    return f"{person.birth_date:%d/%m/%Y}"


def invitation_options(person: Invitee) -> dict[str, str]:
    """Return what invites somebody from the command line, by the name of the option."""
    return {
        "first-name": person.first_name,
        "last-name": person.last_name,
        "birth-date": f"{person.birth_date:%Y-%m-%d}",
        "nir": nir_as_printed(person),
        "card-kind": person.kind.value,
        "card-serial": person.serial,
        "email": person.email or "",
    }
