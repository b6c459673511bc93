"""The provisional code: twelve characters, six weeks, once, bound to the NIR it was made for.

It is stored as argon2id of (NIR, code), under the person: a code alone finds nobody. A new code
replaces the previous one and ends the activation that was pending on it. The alphabet leaves out
what is mistaken for something else on paper (0 O o, 1 l I i, 5 S s, 2 Z z, 8 B, u v V U w W).
"""

from __future__ import annotations

import secrets
import string

from espace_tui.activation import french_days
from espace_tui.activation.context import DAY, ServiceContext
from espace_tui.activation.crypto.keys import new_id
from espace_tui.activation.stores.port import Transaction

LOOK_ALIKES = frozenset("0Oo1lIi5Ss2Zz8BuvVUwW")
ALPHABET = "".join(sorted(set(string.digits + string.ascii_letters) - LOOK_ALIKES))

_REPLACE = """
INSERT INTO invitation (person, id, hash, sent_at, expires_at)
VALUES (:person, :id, :hash, :now, :expires_at)
ON CONFLICT (person) DO UPDATE SET
    id = EXCLUDED.id, hash = EXCLUDED.hash, sent_at = EXCLUDED.sent_at,
    expires_at = EXCLUDED.expires_at, used_at = NULL
"""
_END_FLOW = "DELETE FROM flow WHERE person = :person"
_USE = """
UPDATE invitation SET used_at = :now, hash = ''
WHERE id = :id AND used_at IS NULL AND expires_at > :now
"""
_CANCEL = "UPDATE invitation SET used_at = :now, hash = '' WHERE person = :person AND hash <> ''"


def new_code(length: int) -> str:
    """Return a fresh provisional code (about 5.3 bits a character), never a mere word or number."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(length))
        if not code.isalpha() and not code.isdecimal():
            return code


async def hash_code(context: ServiceContext, nir: str, code: str) -> str:
    """Return a provisional code as it is stored: bound to its NIR."""
    return await context.hasher.hash("provisional-code", nir, code)


async def is_code(context: ServiceContext, stored: str | None, nir: str, code: str) -> bool:
    """Tell whether this is the stored code; without one it takes the same time."""
    return await context.hasher.verify(stored, "provisional-code", nir, code)


async def replace(context: ServiceContext, tx: Transaction, person: str, code_hash: str) -> int:
    """Give a person a new code in the place of any other; return its last second."""
    now = context.now()
    last = french_days.end_of_day(now + context.policy.code_days * DAY)
    await tx.run(_END_FLOW, person=person)  # first: as a step does, so that neither waits for ever
    await tx.run(_REPLACE, person=person, id=new_id(), hash=code_hash, now=now, expires_at=last + 1)
    return last


async def mark_used(context: ServiceContext, tx: Transaction, invitation: str) -> bool:
    """Use a code, once; its hash is erased. Return whether it could still be used."""
    return await tx.changes(_USE, id=invitation, now=context.now())


async def cancel(context: ServiceContext, tx: Transaction, person: str) -> None:
    """End a person's code and what is pending on it: their space is active without it."""
    await tx.run(_END_FLOW, person=person)
    await tx.run(_CANCEL, person=person, now=context.now())
