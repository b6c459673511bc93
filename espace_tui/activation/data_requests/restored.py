"""After an older backup was restored: what must end is ended, and whom to tell is listed.

Since the backup, sessions and codes ended, messages went, people decided: the store does not know.
So every right that somebody may have ended since, and every message that may have gone, is erased,
a little at a time; each person it touches is told once, with what it touched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from espace_tui.activation.audit import Event, record_act
from espace_tui.activation.context import PAGE_SIZE, ServiceContext
from espace_tui.activation.data_requests.mandate import Mandate
from espace_tui.activation.records.person import PERSON, read_person
from espace_tui.activation.stores.port import Transaction

_ENDS = (
    ("session", "token_digest", "person", "ends_at > :since"),
    ("reset", "token_digest", "person", "expires_at > :since"),
    ("recovery-key", "person", "person", "expires_at > :since"),
    ("code", "id", "person", "expires_at > :since"),
    ("activation", "id", "person", "expires_at > :since"),
    ("message", "id", "person", "1 = 1"),
)
_TABLES = {
    "recovery-key": "recovery_key",
    "code": "code_request",
    "activation": "flow",
    "message": "outbox",
}
_END = """
DELETE FROM {table} WHERE {key} IN (
    SELECT {key} FROM {table} WHERE {living} ORDER BY {key} LIMIT :most
    /* postgres: FOR UPDATE SKIP LOCKED */
)
RETURNING {owner} AS person
"""
_ANSWERS = """
DELETE FROM answer WHERE key_digest IN (SELECT key_digest FROM answer LIMIT :most)
RETURNING key_digest
"""
_WHO = f"SELECT {PERSON} FROM person p WHERE p.id = :person"  # noqa: S608 — constant
SERVICE = "service"
"""What the trail calls the service itself."""


@dataclass(frozen=True, slots=True)
class PersonToTell:
    """Somebody whose right or message was ended: their pseudonym, masked contacts, and what."""

    person: str
    ended: str
    email: str | None
    mobile: str | None


class Restoration:
    """Ends what must end after an older backup."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    async def begin(self, mandate: Mandate) -> None:
        """Leave a line in the trail."""
        context, by = self._context, (mandate.operator, mandate.reason)
        await context.act(
            lambda tx: record_act(tx, context.keys, context.now(), (Event.RESTORED, SERVICE), by)
        )

    async def some(self, since: int, limit: int = PAGE_SIZE) -> tuple[int, Sequence[PersonToTell]]:
        """End some of it; return how much (0: nothing is left) and whom to tell."""
        return await self._context.act(lambda tx: self._some(tx, since, limit))

    async def _some(
        self, tx: Transaction, since: int, limit: int
    ) -> tuple[int, Sequence[PersonToTell]]:
        done, told = 0, list[PersonToTell]()
        for name, key, owner, living in _ENDS:
            sql = _END.format(table=_TABLES.get(name, name), key=key, owner=owner, living=living)
            rows = await tx.all(sql, most=limit, since=since)
            done += len(rows)
            owners = dict.fromkeys(row["person"] for row in rows if row["person"])
            told += [await self._told(tx, person, name) for person in owners]
        done += len(await tx.all(_ANSWERS, most=limit))
        return done, told

    async def _told(self, tx: Transaction, person: str, ended: str) -> PersonToTell:
        row = await tx.one(_WHO, person=person)
        name = self._context.keys.pseudonym(person)
        if row is None:
            return PersonToTell(name, ended, None, None)
        contacts = read_person(self._context.keys, row).identity.masked()
        return PersonToTell(name, ended, contacts.email, contacts.mobile)
