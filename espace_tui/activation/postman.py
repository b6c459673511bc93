"""The postman: takes the letters of one channel out of the outbox, one process among any number.

Taking is a lease (``SKIP LOCKED`` where the engine has it): nobody else takes the letter meanwhile,
and a process killed in between only delays it. Letters that a person waits for go first. What
became of one is settled at once, so that a kill sends no more than the letter in hand twice, under
the same id. A letter that is too late, that came back for good or too often is buried: an operator
reads why (`espace_tui.activation.dead_letters`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from espace_tui.activation.delivery import Delivery, Letter, Returned
from espace_tui.activation.means import Means
from espace_tui.activation.outbox import erase, opened
from espace_tui.activation.store import Row, Transaction
from espace_tui.errors import Unreachable
from espace_tui.session import Channel

_TAKE = """
UPDATE outbox SET due_at = :later, attempts = attempts + 1
WHERE due_at <= :now AND id IN (
    SELECT id FROM outbox WHERE channel = :channel AND urgent = :urgent AND due_at <= :now
    ORDER BY due_at LIMIT :most
    /* postgres: FOR UPDATE SKIP LOCKED */
)
RETURNING id, sealed, written_at, attempts, ends_at
"""
_OUT = "DELETE FROM outbox WHERE id = :id"
_AGAIN = "UPDATE outbox SET due_at = :due WHERE id = :id"
_UNTRIED = "UPDATE outbox SET due_at = :due, attempts = attempts - 1 WHERE id = :id"
_BURY = """
INSERT INTO dead_letter
    (id, kind, channel, urgent, reason, attempts, written_at, ends_at, informs, died_at, sealed)
SELECT id, :kind, channel, urgent, :reason, attempts, written_at, ends_at, informs, :now,
    CASE WHEN ends_at <= :soon THEN '' ELSE sealed END
FROM outbox WHERE id = :id
"""
TOO_LATE = "too-late"


class Fate(StrEnum):
    """What became of a letter."""

    WENT = "went"
    LATER = "later"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Taken:
    """A letter in hand, how many times it was taken, and until when it is of use."""

    letter: Letter
    attempts: int
    ends_at: int | None = field(default=None)


class Postman:
    """Takes letters of one channel and hands them to a delivery."""

    def __init__(self, means: Means, delivery: Delivery, channel: Channel) -> None:
        self._means = means
        self._delivery = delivery
        self._channel = channel

    async def take(self, most: int) -> Sequence[Taken]:
        """Take letters that are due, those a person waits for first."""
        rows = await self._means.read(lambda tx: self._take(tx, most))
        keys = self._means.keys
        return [Taken(opened(keys, row), row["attempts"], row["ends_at"]) for row in rows]

    async def carry(self, taken: Taken) -> Fate:
        """Send a letter in hand and settle it; raises `Unreachable` when no letter can go now."""
        now = self._means.now()
        if taken.ends_at is not None and taken.ends_at <= now:
            return await self._bury(taken, TOO_LATE)
        try:
            await self._delivery.send(taken.letter)
        except Returned as returned:
            return await self._returned(taken, returned)
        except Unreachable:
            await self._settle(_UNTRIED, id=taken.letter.id, due=now)
            raise
        await self._means.read(lambda tx: erase(tx, taken.letter, self._means.now()))
        return Fate.WENT

    async def _take(self, tx: Transaction, most: int) -> list[Row]:
        now, channel = self._means.now(), self._channel.value
        later = now + self._means.limits.outbox_lease
        taken: list[Row] = []
        for urgent in (1, 0):
            if len(taken) < most:
                left = most - len(taken)
                taken += await tx.all(
                    _TAKE, now=now, later=later, channel=channel, urgent=urgent, most=left
                )
        return taken

    async def _returned(self, taken: Taken, returned: Returned) -> Fate:
        limits = self._means.limits
        if returned.is_final or taken.attempts >= limits.outbox_attempts:
            return await self._bury(taken, returned.reason)
        wait = min(limits.outbox_last_wait, limits.outbox_first_wait << (taken.attempts - 1))
        await self._settle(_AGAIN, id=taken.letter.id, due=self._means.now() + wait)
        return Fate.LATER

    async def _bury(self, taken: Taken, reason: str) -> Fate:
        now, letter = self._means.now(), taken.letter

        async def bury(tx: Transaction) -> None:
            soon = now + self._means.limits.outbox_last_wait
            kind = letter.kind.value
            await tx.run(_BURY, id=letter.id, kind=kind, reason=reason, now=now, soon=soon)
            await tx.run(_OUT, id=letter.id)

        await self._means.read(bury)
        return Fate.DEAD

    async def _settle(self, sql: str, **values: str | int) -> None:
        await self._means.read(lambda tx: tx.run(sql, **values))
