"""The outbox: a message is stored in the transaction of its cause, and sent after it.

A message waits as a sealed draft; its row is deleted once it was sent. On a person's own computer
`Outbox.flush` sends it in the transaction that deletes it. Where sending leaves the computer and
takes time, a sender leases it instead (`espace_tui.activation.mail.sender`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from espace_tui.activation.context import ServiceContext
from espace_tui.activation.crypto.keys import Keys, new_ordered_id
from espace_tui.activation.mail.delivery import Delivery, MessageKind, OutgoingMessage
from espace_tui.activation.mail.templates import MessageDraft, render
from espace_tui.activation.records.person import Identity
from espace_tui.activation.stores.port import Row, Transaction
from espace_tui.errors import Unreachable
from espace_tui.model.values import Channel

_PUT = """
INSERT INTO outbox (id, sealed, written_at, due_at, channel, urgent, ends_at, informs, person)
VALUES (:id, :sealed, :now, :now, :channel, :urgent, :ends_at, :informs, :person)
"""
_DUE = """
SELECT id, sealed, written_at FROM outbox WHERE due_at <= :now ORDER BY due_at, id LIMIT :most
/* postgres: FOR UPDATE SKIP LOCKED */
"""
_INFORMED = """
UPDATE person SET informed_at = :now
WHERE status = 'invited' AND id = (SELECT informs FROM outbox WHERE id = :id)
"""
_AT_LAST = """
UPDATE dead_letter SET informs = NULL WHERE informs = (SELECT informs FROM outbox WHERE id = :id)
"""
_WENT = "DELETE FROM outbox WHERE id = :id"
_MOST = 100
_PATIENT = frozenset({MessageKind.INVITATION, MessageKind.OPENED})
"""The messages that nobody waits for in front of a screen."""


class Outbox:
    """Stores messages to send; `pending` is whether this process knows of one that waits."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context
        self.pending = True

    async def enqueue(  # noqa: PLR0913 — a message, whole
        self,
        tx: Transaction,
        identity: Identity,
        kind: MessageKind,
        channel: Channel | None = None,
        *,
        person: str | None = None,
        informed: str | None = None,
        **values: str | int,
    ) -> None:
        """Store a message by a channel or the usual one; nothing without a contact.

        `person` is whom it is for; `informed` too, and their six weeks start when it is sent.
        """
        chosen = channel or identity.channel()
        to = chosen and identity.contact(chosen)
        if not to:
            return
        message, now = new_ordered_id(), self._context.now()
        draft = {
            "kind": kind,
            "channel": chosen,
            "language": identity.language,
            "to": to,
            "values": {"first_name": identity.first_name, **values},
        }
        sealed = self._context.keys.seal(json.dumps(draft), message)
        await tx.run(
            _PUT,
            id=message,
            sealed=sealed,
            now=now,
            channel=str(chosen),
            urgent=int(kind not in _PATIENT),
            ends_at=_end(now, values),
            informs=informed,
            person=person or informed,
        )
        self.pending = True

    async def flush(self, delivery: Delivery) -> int:
        """Send what is due; return how many were sent. Raises `Unreachable` when one could not be.

        A sent message is deleted in the transaction that read it: nobody else sends it meanwhile,
        and a process killed in between leaves it to be sent again under the same id.
        """
        self.pending = False
        try:
            went, failure = await self._context.read(lambda tx: self._send(tx, delivery))
        except BaseException:
            self.pending = True
            raise
        if failure:
            self.pending = True
            raise failure
        return went

    async def _send(self, tx: Transaction, delivery: Delivery) -> tuple[int, Unreachable | None]:
        went, now = 0, self._context.now()
        for row in await tx.all(_DUE, now=now, most=_MOST):
            message = open_message(self._context.keys, row)
            try:
                await delivery.send(message)
            except Unreachable as failure:
                return went, failure
            await erase(tx, message, now)
            went += 1
        return went, None


async def erase(tx: Transaction, message: OutgoingMessage, now: int) -> None:
    """Delete a sent message; an invitation starts the six weeks of the person it informs."""
    if message.kind is MessageKind.INVITATION:
        await tx.run(_INFORMED, id=message.id, now=now)
        await tx.run(_AT_LAST, id=message.id)
    await tx.run(_WENT, id=message.id)


def open_message(keys: Keys, row: Row) -> OutgoingMessage:
    """Return the message of a row that holds ``id``, ``sealed`` and ``written_at``."""
    draft: dict[str, Any] = json.loads(keys.unseal(row["sealed"], row["id"]))
    return render(
        row["id"],
        MessageDraft(
            kind=MessageKind(draft["kind"]),
            channel=Channel(draft["channel"]),
            language=draft["language"],
            written_at=row["written_at"],
            recipient=draft["to"],
            values=draft["values"],
        ),
    )


def _end(now: int, values: Mapping[str, str | int]) -> int | None:
    """Return when a message is of no more use: when the code it holds expires."""
    if "minutes" in values:
        return now + 60 * int(values["minutes"])
    return int(values["deadline"]) if "deadline" in values else None
