"""Identifiers and passwords as they are stored: found by a keyed HMAC, sealed, hashed.

An identifier belongs to one person: the statement that takes it decides between simultaneous calls.
"""

from __future__ import annotations

import secrets

from espace_tui.activation import lazy
from espace_tui.activation.context import ServiceContext
from espace_tui.activation.crypto.keys import Keys
from espace_tui.activation.records.person import PERSON
from espace_tui.activation.records.uniqueness import lock_names
from espace_tui.activation.stores.port import Row, Transaction, any_of
from espace_tui.errors import InvalidValue
from espace_tui.model.grants import Availability

_LEAVE_OTHERS = "DELETE FROM credential WHERE person = :person AND identifier_tag <> :tag"
_TAKE = """
INSERT INTO credential (identifier_tag, person, sealed, hash, changed_at)
SELECT :tag, id, :sealed, :hash, :now FROM person WHERE id = :person AND NOT EXISTS
    (SELECT 1 FROM credential WHERE person <> :person AND identifier_tag IN {any_tag})
ON CONFLICT (identifier_tag) DO UPDATE SET
    hash = EXCLUDED.hash, sealed = EXCLUDED.sealed, changed_at = EXCLUDED.changed_at
WHERE credential.person = EXCLUDED.person
"""
_FIND = f"""
SELECT c.hash, c.sealed AS identifier, {PERSON}
FROM credential c JOIN person p ON p.id = c.person WHERE c.identifier_tag IN """  # noqa: S608 — constant
_FIND_OF = "SELECT hash, sealed FROM credential WHERE person = :person"
_TAKEN = """
SELECT identifier_tag FROM credential WHERE person <> :person AND identifier_tag IN """
_FORGET = "DELETE FROM credential WHERE person = :person"
_REHASH = "UPDATE credential SET hash = :hash WHERE person = :person AND hash = :old"
_CHANGE = "UPDATE credential SET hash = :hash, changed_at = :now WHERE person = :person"


async def create(
    context: ServiceContext, tx: Transaction, person: str, identifier: str, password_hash: str
) -> bool:
    """Store a person's identifier and password; False when the identifier is somebody else's."""
    tag = context.keys.tag("identifier", identifier)
    await lock_names(context, tx, *context.keys.tags("identifier", identifier).values())
    await tx.run(_LEAVE_OTHERS, person=person, tag=tag)
    return await tx.changes(
        _TAKE.format(any_tag=context.keys.any_tag),
        **context.keys.tags("identifier", identifier),
        tag=tag,
        person=person,
        sealed=context.keys.seal(identifier, person),
        hash=password_hash,
        now=context.now(),
    )


async def find(tx: Transaction, keys: Keys, identifier: str) -> Row | None:
    """Return the hash, the sealed identifier and the person of an identifier."""
    return await tx.one(_FIND + keys.any_tag, **keys.tags("identifier", identifier))


async def find_for_person(tx: Transaction, person: str) -> Row | None:
    """Return the hash and the sealed identifier of a person."""
    return await tx.one(_FIND_OF, person=person)


async def rehash(tx: Transaction, person: str, old_hash: str, password_hash: str) -> bool:
    """Replace a hash by one of the same password; False when it changed meanwhile.

    Whoever changes it at this moment waits, and then finds what is begun with the old password.
    """
    return await tx.changes(_REHASH, person=person, old=old_hash, hash=password_hash)


async def change(context: ServiceContext, tx: Transaction, person: str, password_hash: str) -> None:
    """Replace the password of a person."""
    await tx.run(_CHANGE, person=person, hash=password_hash, now=context.now())


async def delete(tx: Transaction, person: str) -> None:
    """Take a person's identifier and password away."""
    await tx.run(_FORGET, person=person)


async def availability(
    context: ServiceContext, tx: Transaction, person: str, identifier: str
) -> Availability:
    """Tell whether an identifier is free for a person, and suggest close ones that are."""
    names = (identifier, *_close(context, identifier))
    tags = {tag: name for name in names for tag in context.keys.tags("identifier", name).values()}
    asked, values = any_of("tag", tags)
    rows = await tx.all(_TAKEN + asked, person=person, **values)
    taken = {tags[row["identifier_tag"]] for row in rows}
    if identifier not in taken:
        return Availability(free=True)
    return Availability(free=False, suggestions=tuple(n for n in names if n not in taken)[:3])


def _close(context: ServiceContext, identifier: str) -> tuple[str, ...]:
    chances = (str(10 + secrets.randbelow(90)) for _ in range(3))
    made = [name for n in chances for name in (f"{identifier}{n}", f"{identifier}.{n}")]
    return tuple(dict.fromkeys(name for name in made if _is_valid(context, name)))


def _is_valid(context: ServiceContext, name: str) -> bool:
    try:
        return lazy.identifier.parse(name, context.policy.identifier) == name
    except InvalidValue:
        return False
