"""Sends the messages of one channel from the outbox; any number of processes may.

A message is leased (``SKIP LOCKED`` where the engine has it): no other process takes it meanwhile,
and a process killed in between only delays it. Messages that a person waits for are sent first. The
outcome of each is recorded at once, so that a kill repeats at most the message being sent, under
the same id. A message that is too late, or was refused for good or too often, becomes a dead
letter: an operator reads why (`espace_tui.activation.mail.dead_letters`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from espace_tui.activation.context import ServiceContext
from espace_tui.activation.mail.delivery import Delivery, DeliveryError, OutgoingMessage
from espace_tui.activation.mail.outbox import erase, open_message
from espace_tui.activation.stores.port import Row, Transaction
from espace_tui.errors import Unreachable
from espace_tui.model.values import Channel

_TAKE = """
UPDATE outbox SET due_at = :later, attempts = attempts + 1
WHERE due_at <= :now AND id IN (
    SELECT id FROM outbox WHERE channel = :channel AND urgent = :urgent AND due_at <= :now
    ORDER BY due_at LIMIT :most
    /* postgres: FOR UPDATE SKIP LOCKED */
)
RETURNING id, sealed, written_at, attempts, ends_at
"""
_OLDEST = """
SELECT MIN(due_at) AS due FROM outbox
WHERE channel = :channel AND urgent = :urgent AND due_at <= :now
"""
_OUT = "DELETE FROM outbox WHERE id = :id"
_AGAIN = "UPDATE outbox SET due_at = :due WHERE id = :id"
_UNTRIED = "UPDATE outbox SET due_at = :due, attempts = attempts - 1 WHERE id = :id"
_BURY = """
INSERT INTO dead_letter
    (id, kind, channel, urgent, reason, attempts, written_at, ends_at, informs, died_at, sealed,
    person)
SELECT id, :kind, channel, urgent, :reason, attempts, written_at, ends_at, informs, :now,
    CASE WHEN ends_at <= :soon THEN '' ELSE sealed END, person
FROM outbox WHERE id = :id
"""
TOO_LATE = "too-late"
UNREADABLE = "unreadable"


class ChannelDownError(Unreachable):
    """The channel accepts no message for now."""


class Outcome(StrEnum):
    """What became of a message: sent, to be tried again, or given up."""

    WENT = "went"
    LATER = "later"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class DeliveryResult:
    """What became of a message, and why it did not go."""

    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LeasedMessage:
    """A message leased by this process, still sealed."""

    row: Row = field(repr=False)

    @property
    def id(self) -> str:
        """The id of the message."""
        return str(self.row["id"])


class OutboxSender:
    """Leases the messages of one channel and sends each through a delivery."""

    def __init__(self, context: ServiceContext, delivery: Delivery, channel: Channel) -> None:
        self._context = context
        self._delivery = delivery
        self._channel = channel

    async def oldest_wait(self) -> int:
        """Return for how many seconds the message that waits the longest has been due."""
        now, channel = self._context.now(), self._channel.value

        async def look(tx: Transaction) -> int:
            waits = [0]
            for urgent in (0, 1):
                row = await tx.one(_OLDEST, channel=channel, urgent=urgent, now=now)
                if row and row["due"] is not None:
                    waits.append(now - row["due"])
            return max(waits)

        return await self._context.read(look)

    async def lease(self, limit: int) -> Sequence[LeasedMessage]:
        """Lease the messages that are due, those a person waits for first."""
        return [
            LeasedMessage(row) for row in await self._context.read(lambda tx: self._take(tx, limit))
        ]

    async def deliver(self, leased: LeasedMessage) -> DeliveryResult:
        """Send a leased message and record its outcome.

        Raises `ChannelDownError` when the channel is down, `Unreachable` for the database.
        """
        ends_at = leased.row["ends_at"]
        try:
            message = open_message(self._context.keys, leased.row)
        except Unreachable:  # closed with a key that this process does not know, or not yet
            return await self._returned(leased, None, DeliveryError(UNREADABLE))
        if ends_at is not None and ends_at <= self._context.now():
            return await self._bury(leased, message, TOO_LATE)
        try:
            await self._delivery.send(message)
        except DeliveryError as returned:
            return await self._returned(leased, message, returned)
        except Unreachable as error:
            await self._settle(_UNTRIED, id=leased.id, due=self._context.now())
            raise ChannelDownError(error.code, **error.values) from error
        await self._context.read(lambda tx: erase(tx, message, self._context.now()))
        return DeliveryResult(Outcome.WENT)

    async def _take(self, tx: Transaction, most: int) -> list[Row]:
        now, channel = self._context.now(), self._channel.value
        later = now + self._context.limits.outbox_lease
        taken: list[Row] = []
        for urgent in (1, 0):
            if len(taken) < most:
                left = most - len(taken)
                taken += await tx.all(
                    _TAKE, now=now, later=later, channel=channel, urgent=urgent, most=left
                )
        return taken

    async def _returned(
        self, taken: LeasedMessage, message: OutgoingMessage | None, returned: DeliveryError
    ) -> DeliveryResult:
        limits, attempts = self._context.limits, taken.row["attempts"]
        if returned.is_final or attempts >= limits.outbox_attempts:
            return await self._bury(taken, message, returned.reason)
        wait = min(limits.outbox_last_wait, limits.outbox_first_wait << (attempts - 1))
        await self._settle(_AGAIN, id=taken.id, due=self._context.now() + wait)
        return DeliveryResult(Outcome.LATER, returned.reason)

    async def _bury(
        self, taken: LeasedMessage, message: OutgoingMessage | None, reason: str
    ) -> DeliveryResult:
        now, kind = self._context.now(), message.kind.value if message else ""

        async def bury(tx: Transaction) -> None:
            soon = now + self._context.limits.outbox_last_wait
            await tx.run(_BURY, id=taken.id, kind=kind, reason=reason, now=now, soon=soon)
            await tx.run(_OUT, id=taken.id)

        await self._context.read(bury)
        return DeliveryResult(Outcome.DEAD, reason)

    async def _settle(self, sql: str, **values: str | int) -> None:
        await self._context.read(lambda tx: tx.run(sql, **values))
