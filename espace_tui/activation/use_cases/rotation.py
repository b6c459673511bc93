"""A new key takes over: what the store holds is made again with it, little by little.

What can be read is sealed and tagged again by `reseal`, at any time, by any process. What cannot is
made again when its owner comes: the NIR's and the card's tags when they are given, the password's
hash at sign-in. Until then the former key stays in the file; `Administration.rotation` tells what
needs it.

The new key is first added, so that every process knows it, then made the present one.
"""

from __future__ import annotations

from dataclasses import dataclass

from espace_tui.activation.context import ServiceContext
from espace_tui.activation.records.person import PersonRecord
from espace_tui.activation.stores.port import Transaction

_OLD_PEOPLE = """
SELECT id, sealed FROM person WHERE sealed NOT LIKE :present LIMIT :most
"""
_OLD_CREDENTIALS = """
SELECT person AS id, sealed FROM credential WHERE sealed NOT LIKE :present LIMIT :most
"""
_SEAL_PERSON = "UPDATE person SET sealed = :sealed WHERE id = :id AND sealed = :before"
_SEAL_CREDENTIAL = """
UPDATE credential SET sealed = :sealed, identifier_tag = :tag
WHERE person = :id AND sealed = :before
"""
_LETTERS = (
    (
        "SELECT id, sealed FROM outbox WHERE sealed NOT LIKE :present LIMIT :most",
        "UPDATE outbox SET sealed = :sealed WHERE id = :id AND sealed = :before",
    ),
    (
        """
        SELECT id, sealed FROM dead_letter
        WHERE sealed <> '' AND sealed NOT LIKE :present LIMIT :most
        """,
        "UPDATE dead_letter SET sealed = :sealed WHERE id = :id AND sealed = :before",
    ),
)
_MARK = "UPDATE mark SET value = :tag WHERE name = 'keys' AND value <> :tag"
_TAG_NIR = "UPDATE person SET nir_tag = :tag WHERE id = :id"
_TAG_CARD = "UPDATE person SET card_tag = :tag WHERE id = :id"
_LEFT = """
SELECT
    (SELECT COUNT(*) FROM person WHERE sealed NOT LIKE :dot) AS identities,
    (SELECT COUNT(*) FROM person WHERE nir_tag NOT LIKE :dot OR card_tag NOT LIKE :dot) AS people,
    (SELECT COUNT(*) FROM credential WHERE hash NOT LIKE :dollar) AS passwords,
    (SELECT COUNT(*) FROM outbox WHERE sealed NOT LIKE :dot)
        + (SELECT COUNT(*) FROM dead_letter WHERE sealed <> '' AND sealed NOT LIKE :dot) AS letters
"""


@dataclass(frozen=True, slots=True)
class RotationStatus:
    """What still needs a former key: identities, messages, people who did not come, passwords."""

    identities: int
    people: int
    passwords: int
    letters: int


async def reseal(context: ServiceContext, tx: Transaction, limit: int) -> int:
    """Seal and tag again what a former key closed; return how much (0: nothing left)."""
    present = f"{context.keys.current}.%"
    await tx.run(_MARK, tag=context.keys.tag("mark"))
    done = 0
    for old, seal in ((_OLD_PEOPLE, _SEAL_PERSON), *_LETTERS):
        rows = await tx.all(old, present=present, most=limit)
        for row in rows:
            sealed = context.keys.seal(context.keys.unseal(row["sealed"], row["id"]), row["id"])
            await tx.run(seal, id=row["id"], sealed=sealed, before=row["sealed"])
        done += len(rows)
    owners = await tx.all(_OLD_CREDENTIALS, present=present, most=limit)
    for row in owners:
        identifier = context.keys.unseal(row["sealed"], row["id"])
        await tx.run(
            _SEAL_CREDENTIAL,
            id=row["id"],
            sealed=context.keys.seal(identifier, row["id"]),
            tag=context.keys.tag("identifier", identifier),
            before=row["sealed"],
        )
    return done + len(owners)


async def remaining(context: ServiceContext, tx: Transaction) -> RotationStatus:
    """Count what still needs a former key."""
    key_id = context.keys.current
    [row] = await tx.all(_LEFT, dot=f"{key_id}.%", dollar=f"{key_id}$%")
    return RotationStatus(**row)


async def tag_nir(context: ServiceContext, tx: Transaction, person: PersonRecord, nir: str) -> None:
    """Tag a NIR with the present key, now that its owner gave it."""
    if not context.keys.is_current(person.nir_tag):
        await tx.run(_TAG_NIR, id=person.id, tag=context.keys.tag("nir", nir))


async def tag_card(
    context: ServiceContext, tx: Transaction, person: PersonRecord, kind: str, serial: str
) -> None:
    """Tag a card with the present key, now that its owner gave its number."""
    if not context.keys.is_current(person.card_tag):
        tag = context.keys.tag("card", person.id, kind, serial)
        await tx.run(_TAG_CARD, id=person.id, tag=tag)
