"""The outbox: a letter is written in the transaction of what it tells, and goes after it.

A letter waits as a sealed draft; it is erased once sent. Sending takes a lease first (any number
of processes may send), so that a process killed in between only delays a letter.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from espace_tui.activation.delivery import Delivery, LetterKind
from espace_tui.activation.keys import new_id
from espace_tui.activation.letters import Draft, write
from espace_tui.activation.means import Means
from espace_tui.activation.people import Identity
from espace_tui.activation.store import Row, Transaction
from espace_tui.errors import Refused, Unreachable
from espace_tui.session import Channel

_PUT = """
INSERT INTO outbox (id, sealed, written_at, due_at) VALUES (:id, :sealed, :now, :now)
"""
_LEASE = """
UPDATE outbox SET due_at = :later, attempts = attempts + 1
WHERE id IN (SELECT id FROM outbox WHERE due_at <= :now ORDER BY due_at LIMIT :most)
    AND due_at <= :now
RETURNING id, sealed, written_at, attempts
"""
_DONE = "DELETE FROM outbox WHERE id = :id"
_LATER = "UPDATE outbox SET due_at = :due WHERE id = :id"


class Outbox:
    """Where rules leave letters; `pending` tells whether this process left one since the flush."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self.pending = True

    async def put(
        self,
        tx: Transaction,
        identity: Identity,
        kind: LetterKind,
        channel: Channel | None = None,
        **values: str | int,
    ) -> None:
        """Leave a letter to a person, by a channel or the usual one; none without a contact."""
        chosen = channel or identity.channel()
        to = chosen and identity.contact(chosen)
        if not chosen or not to:
            return
        written = {
            "kind": kind,
            "channel": chosen,
            "language": identity.language,
            "to": to,
            "values": {"first_name": identity.first_name, **values},
        }
        letter = new_id()
        sealed = self._means.keys.seal(json.dumps(written), letter)
        await tx.run(_PUT, id=letter, sealed=sealed, now=self._means.now())
        self.pending = True

    async def flush(self, delivery: Delivery, most: int = 100) -> int:
        """Send what is due; return how many went. Raises `Unreachable` when one could not go."""
        self.pending = False
        rows = await self._means.read(lambda tx: self._lease(tx, most))
        for row in sorted(rows, key=lambda row: (row["written_at"], row["id"])):
            await self._send(delivery, row)
        return len(rows)

    async def _lease(self, tx: Transaction, most: int) -> tuple[Row, ...] | Refused:
        now = self._means.now()
        later = now + self._means.limits.outbox_lease
        return tuple(await tx.all(_LEASE, now=now, later=later, most=most))

    async def _send(self, delivery: Delivery, row: Row) -> None:
        draft = self._read(row)
        try:
            await delivery.send(write(row["id"], draft))
        except Unreachable:
            self.pending = True
            await self._run(_LATER, id=row["id"], due=self._means.now())
            raise
        await self._run(_DONE, id=row["id"])

    def _read(self, row: Row) -> Draft:
        written: dict[str, Any] = json.loads(self._means.keys.unseal(row["sealed"], row["id"]))
        return Draft(
            kind=LetterKind(written["kind"]),
            channel=Channel(written["channel"]),
            language=written["language"],
            written_at=row["written_at"],
            to=written["to"],
            values=written["values"],
        )

    async def _run(self, sql: str, **values: str | int) -> None:
        async with self._means.store.transaction() as tx:
            await tx.run(sql, **values)
