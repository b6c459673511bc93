"""People as the service knows them: who they are is sealed, how to find them is a keyed HMAC.

The NIR and the card's serial number are never stored, only their HMAC. The name, birth date,
contacts and language are needed to write to the person: they are sealed into one column.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from espace_tui.activation.crypto.keys import Keys
from espace_tui.activation.stores.port import Row, Transaction
from espace_tui.model.grants import Contacts
from espace_tui.model.values import Channel, SpaceStatus

_DOTS = "•••••"


@dataclass(frozen=True, slots=True)
class Identity:
    """What the service must know in clear to write to a person."""

    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    birth_date: str = field(repr=False)
    language: str
    email: str | None = field(default=None, repr=False)
    mobile: str | None = field(default=None, repr=False)

    def contact(self, channel: Channel) -> str | None:
        """Return the address or number of a channel."""
        return self.email if channel is Channel.EMAIL else self.mobile

    def channel(self) -> Channel | None:
        """Return how to write to the person when they did not choose: by mail if possible."""
        if self.email:
            return Channel.EMAIL
        return Channel.SMS if self.mobile else None

    def with_contact(self, channel: Channel, value: str) -> Identity:
        """Return this identity with another address or number."""
        if channel is Channel.EMAIL:
            return replace(self, email=value)
        return replace(self, mobile=value)

    def masked(self) -> Contacts:
        """Return the contacts as they may be shown."""
        return Contacts(
            email=self.email and mask(Channel.EMAIL, self.email),
            mobile=self.mobile and mask(Channel.SMS, self.mobile),
        )


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """One person of the store."""

    id: str
    status: SpaceStatus
    decided_at: int
    nir_tag: str
    card_tag: str
    identity: Identity

    def is_born(self, day: date) -> bool:
        """Tell whether this is their birth date."""
        return self.identity.birth_date == day.isoformat()


PERSON = "p.id AS person, p.status, p.decided_at, p.nir_tag, p.card_tag, p.sealed AS identity"
"""The columns of a person, for a statement where the table is called ``p``."""

_BY_NIR = f"SELECT {PERSON} FROM person p WHERE p.nir_tag IN "  # noqa: S608 — constant


def read_person(keys: Keys, row: Row) -> PersonRecord:
    """Return the person of a row that holds the columns `PERSON`."""
    identity = json.loads(keys.unseal(row["identity"], row["person"]))
    return PersonRecord(
        id=row["person"],
        status=SpaceStatus(row["status"]),
        decided_at=row["decided_at"],
        nir_tag=row["nir_tag"],
        card_tag=row["card_tag"],
        identity=Identity(**identity),
    )


def seal_identity(keys: Keys, person: str, identity: Identity) -> str:
    """Return an identity as it is stored, bound to its person."""
    return keys.seal(json.dumps(asdict(identity)), person)


async def find_by_nir(tx: Transaction, keys: Keys, nir: str) -> PersonRecord | None:
    """Return the person of a NIR, or None."""
    row = await tx.one(_BY_NIR + keys.any_tag, **keys.tags("nir", nir))
    return read_person(keys, row) if row else None


def mask(channel: Channel, value: str) -> str:
    """Return a contact as it may be shown.

    >>> mask(Channel.EMAIL, "christian@exemple.fr"), mask(Channel.SMS, "+33612345646")
    ('ch•••••@exemple.fr', '+33 6 •• •• •• 46')
    """
    if channel is Channel.EMAIL:
        local, _, domain = value.rpartition("@")
        return f"{local[: min(2, len(local) - 1)]}{_DOTS}@{domain}"
    country = 3 if value.startswith("+33") else 4
    return f"{value[:country]} {value[country]} •• •• •• {value[-2:]}"
