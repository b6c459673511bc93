"""The dead letters: messages that could not be sent, for an operator to read and send again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from espace_tui.activation.context import PAGE_SIZE, ServiceContext, to_datetime
from espace_tui.activation.mail.outbox import open_message
from espace_tui.activation.records.person import mask
from espace_tui.activation.stores.port import Row, Transaction
from espace_tui.model.values import Channel

_LIST = """
SELECT id, kind, channel, reason, attempts, written_at, died_at, sealed, ends_at,
    COALESCE(person, informs) AS person
FROM dead_letter
WHERE id > :after ORDER BY id LIMIT :most
"""
_REVIVE = """
INSERT INTO outbox (id, sealed, written_at, due_at, channel, urgent, ends_at, informs, person)
SELECT id, sealed, written_at, :now, channel, urgent, ends_at, informs, person FROM dead_letter
WHERE sealed <> '' AND (ends_at IS NULL OR ends_at > :now){one}
"""
_FORGET = """
DELETE FROM dead_letter WHERE sealed <> '' AND (ends_at IS NULL OR ends_at > :now){one}
RETURNING id
"""
_ONE = " AND id = :id"


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A message that could not be sent: what it was, why, and to whom.

    `recipient` is masked, `person` is the pseudonym of the audit trail. `kind` and `recipient` are
    empty where the message could not be read, `recipient` once it is erased. `is_useful`: it may be
    sent again.
    """

    id: str
    kind: str
    channel: Channel
    reason: str
    attempts: int
    written_at: datetime
    died_at: datetime
    recipient: str = ""
    person: str = ""
    is_useful: bool = False


class DeadLetters:
    """Reads the messages that could not be sent."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    async def page(self, after: str = "", limit: int = PAGE_SIZE) -> Sequence[DeadLetter]:
        """Return some of them, oldest first, after one's `id`."""
        rows = await self._context.read(lambda tx: tx.all(_LIST, after=after, most=limit))
        return [self._read(row) for row in rows]

    async def revive(self, message_id: str = "") -> int:
        """Put those that are still of use, or one of them, into the outbox; return how many."""
        return await self._context.act(lambda tx: self._revive(tx, message_id))

    async def _revive(self, tx: Transaction, message_id: str) -> int:
        values: dict[str, str | int] = {"now": self._context.now()}
        if message_id:
            values["id"] = message_id
        one = _ONE if message_id else ""
        await tx.run(_REVIVE.format(one=one), **values)
        return len(await tx.all(_FORGET.format(one=one), **values))

    def _read(self, row: Row) -> DeadLetter:
        channel = Channel(row["channel"])
        to = open_message(self._context.keys, row).to if row["sealed"] and row["kind"] else ""
        ends_at, person = row["ends_at"], row["person"]
        return DeadLetter(
            id=row["id"],
            kind=row["kind"],
            channel=channel,
            reason=row["reason"],
            attempts=row["attempts"],
            written_at=to_datetime(row["written_at"]),
            died_at=to_datetime(row["died_at"]),
            recipient=to and mask(channel, to),
            person=self._context.keys.pseudonym(person) if person else "",
            is_useful=bool(row["sealed"]) and (not ends_at or ends_at > self._context.now()),
        )
