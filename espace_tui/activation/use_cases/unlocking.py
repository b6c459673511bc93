"""Unlocking: whatever too many attempts or sends closed to a person is open again, at once."""

from __future__ import annotations

from espace_tui.activation.context import ServiceContext
from espace_tui.activation.records import credentials, rate_limit
from espace_tui.activation.records.person import PersonRecord
from espace_tui.activation.stores.port import Transaction
from espace_tui.model.values import Purpose

_FAILURES = "DELETE FROM failure WHERE subject = :subject"
_SENDS = "DELETE FROM sending WHERE subject = :subject"
_TURNS = {*(purpose.value for purpose in Purpose), *rate_limit.UNPROVED}


async def unlock(
    context: ServiceContext, tx: Transaction, nir: str, person: PersonRecord | None
) -> None:
    """Forget the failures and the sends of a person; of an unknown NIR, its failures."""
    for subject in await failure_subjects(context, tx, nir, person):
        await tx.run(_FAILURES, subject=subject)
    for subject in _sends(context, person) if person else ():
        await tx.run(_SENDS, subject=subject)


async def failure_subjects(
    context: ServiceContext, tx: Transaction, nir: str, person: PersonRecord | None
) -> list[str]:
    """Return every name that failures about a NIR and its person are counted under."""
    counted = [*context.keys.tags("nir", nir).values()]
    row = await credentials.find_for_person(tx, person.id) if person else None
    if person:
        counted.append(person.id)
    if person and row:
        identifier = context.keys.unseal(row["sealed"], person.id)
        counted += context.keys.tags("identifier", identifier).values()
    return counted


def _sends(context: ServiceContext, person: PersonRecord) -> list[str]:
    """Return every name that sends to a person are counted under."""
    contacts = [value for value in (person.identity.email, person.identity.mobile) if value]
    return [
        *(f"{turn}:{person.id}" for turn in _TURNS),
        *(
            subject
            for value in contacts
            for subject in rate_limit.quota_subjects(context.keys, person.id, value)
        ),
    ]
