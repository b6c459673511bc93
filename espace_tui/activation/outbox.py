"""The outbox: a letter is written in the transaction of what it tells, and goes after it.

A letter waits as a sealed draft; its row is erased once it went. Who sends takes a lease first (any
number of processes may send), so that a process killed in between only delays a letter.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from espace_tui.activation.delivery import Delivery, Letter, LetterKind
from espace_tui.activation.keys import Keys, new_ordered_id
from espace_tui.activation.letters import Draft, write
from espace_tui.activation.means import Means
from espace_tui.activation.people import Identity
from espace_tui.activation.store import Row, Transaction
from espace_tui.errors import Unreachable
from espace_tui.session import Channel

_PUT = """
INSERT INTO outbox (id, sealed, written_at, due_at, channel, urgent, ends_at, informs)
VALUES (:id, :sealed, :now, :now, :channel, :urgent, :ends_at, :informs)
"""
_LEASE = """
UPDATE outbox SET due_at = :later, attempts = attempts + 1
WHERE due_at <= :now AND id IN (
    SELECT id FROM outbox WHERE due_at <= :now ORDER BY due_at LIMIT :most
    /* postgres: FOR UPDATE SKIP LOCKED */
)
RETURNING id, sealed, written_at
"""
_INFORMED = """
UPDATE person SET informed_at = :now
WHERE status = 'invited' AND id = (SELECT informs FROM outbox WHERE id = :id)
"""
_AT_LAST = """
UPDATE dead_letter SET informs = NULL WHERE informs = (SELECT informs FROM outbox WHERE id = :id)
"""
_WENT = "DELETE FROM outbox WHERE id = :id"
_LATER = "UPDATE outbox SET due_at = :due WHERE id = :id"
_PATIENT = frozenset({LetterKind.INVITATION, LetterKind.OPENED})
"""The letters that nobody waits for in front of a screen."""


class Outbox:
    """Where rules leave letters; `pending` tells whether this process knows of one that waits."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self.pending = True

    async def put(
        self,
        tx: Transaction,
        identity: Identity,
        kind: LetterKind,
        channel: Channel | None = None,
        *,
        informs: str | None = None,
        **values: str | int,
    ) -> None:
        """Leave a letter to a person, by a channel or the usual one; none without a contact.

        `informs` is the person whose six weeks start when it goes.
        """
        chosen = channel or identity.channel()
        to = chosen and identity.contact(chosen)
        if not to:
            return
        draft = {
            "kind": kind,
            "channel": chosen,
            "language": identity.language,
            "to": to,
            "values": {"first_name": identity.first_name, **values},
        }
        letter = new_ordered_id()
        sealed = self._means.keys.seal(json.dumps(draft), letter)
        now = self._means.now()
        await tx.run(
            _PUT,
            id=letter,
            sealed=sealed,
            now=now,
            channel=str(chosen),
            urgent=int(kind not in _PATIENT),
            ends_at=_end(now, values),
            informs=informs,
        )
        self.pending = True

    async def flush(self, delivery: Delivery) -> int:
        """Send all that is due; return how many went. Raises `Unreachable` when one could not."""
        self.pending = False
        letters = await self.lease(100)
        went = 0
        try:
            for letter in letters:
                await delivery.send(letter)
                went += 1
        except Unreachable:
            self.pending = True
            raise
        finally:
            await self.settle(letters[:went], letters[went:])
        return went

    async def lease(self, most: int) -> Sequence[Letter]:
        """Take letters that are due, oldest first; they are nobody else's for the lease."""
        rows = await self._means.read(lambda tx: self._lease(tx, most))
        keys = self._means.keys
        return [opened(keys, row) for row in sorted(rows, key=lambda row: str(row["id"]))]

    async def settle(
        self, went: Iterable[Letter], others: Iterable[Letter] = (), wait: int = 0
    ) -> None:
        """Erase the letters that went, and let the others be due again after a wait (seconds)."""
        due = self._means.now() + wait
        async with self._means.store.transaction() as tx:
            for letter in went:
                await erase(tx, letter, self._means.now())
            for letter in others:
                await tx.run(_LATER, id=letter.id, due=due)

    async def _lease(self, tx: Transaction, most: int) -> Sequence[Row]:
        now = self._means.now()
        later = now + self._means.limits.outbox_lease
        return await tx.all(_LEASE, now=now, later=later, most=most)


async def erase(tx: Transaction, letter: Letter, now: int) -> None:
    """Erase a letter that went; if it informs somebody of their space, their six weeks start."""
    if letter.kind is LetterKind.INVITATION:
        await tx.run(_INFORMED, id=letter.id, now=now)
        await tx.run(_AT_LAST, id=letter.id)
    await tx.run(_WENT, id=letter.id)


def opened(keys: Keys, row: Row) -> Letter:
    """Return the letter of a row that holds ``id``, ``sealed`` and ``written_at``."""
    draft: dict[str, Any] = json.loads(keys.unseal(row["sealed"], row["id"]))
    return write(
        row["id"],
        Draft(
            kind=LetterKind(draft["kind"]),
            channel=Channel(draft["channel"]),
            language=draft["language"],
            written_at=row["written_at"],
            to=draft["to"],
            values=draft["values"],
        ),
    )


def _end(now: int, values: Mapping[str, str | int]) -> int | None:
    """Return when a letter is of no more use: when the code it holds ends."""
    if "minutes" in values:
        return now + 60 * int(values["minutes"])
    return int(values["deadline"]) if "deadline" in values else None
