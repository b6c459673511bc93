"""The six-week rule: a space is opened for whoever was told, and did not decide.

Never before the end of the last day, in France. Never while too many attempts block the person:
somebody may be trying to keep them from opposing. They are told once, and have time to answer.
"""

from __future__ import annotations

from datetime import datetime

from espace_tui.activation import french_days
from espace_tui.activation.audit import Event
from espace_tui.activation.context import DAY, ServiceContext, to_datetime
from espace_tui.activation.mail.delivery import MessageKind
from espace_tui.activation.mail.outbox import Outbox
from espace_tui.activation.records.person import PERSON, read_person
from espace_tui.activation.stores.port import Transaction

_IS_DUE = """
p.status = 'invited' AND p.informed_at < :informed_at
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE informs = p.id)
    AND NOT EXISTS (SELECT 1 FROM dead_letter WHERE informs = p.id)
"""
_IS_BLOCKED = """
EXISTS (
    SELECT 1 FROM failure f
    WHERE (f.failures >= :last OR f.open_at > :now)
        AND ((f.subject = p.nir_tag AND f.authenticator = 'provisional-code')
            OR (f.subject = p.id AND f.authenticator = 'card'))
)
"""
_MAY_OPEN = f"""
{_IS_DUE} AND (p.held_at IS NULL OR p.held_at <= :held_at) AND NOT {_IS_BLOCKED}
"""
_COLUMNS = PERSON.replace("p.", "")
_CHANGE = """
UPDATE person SET {change}
WHERE status = 'invited' AND id IN (
    SELECT p.id FROM person p WHERE {which} ORDER BY p.informed_at LIMIT :most
    /* postgres: FOR UPDATE OF p SKIP LOCKED */
)
RETURNING {columns}
"""
_OPEN = _CHANGE.format(
    change="status = 'opened', decided_at = :now", which=_MAY_OPEN, columns=_COLUMNS
)
_HOLD = _CHANGE.format(
    change="held_at = :now",
    which=f"{_IS_DUE} AND p.held_at IS NULL AND {_IS_BLOCKED}",
    columns=_COLUMNS,
)
_COUNT = f"""
SELECT COUNT(*) AS number FROM (SELECT p.id FROM person p WHERE {_MAY_OPEN} LIMIT :most) due
"""  # noqa: S608 — constant

_LIST = f"""
SELECT p.id, p.informed_at FROM person p WHERE {_MAY_OPEN} ORDER BY p.informed_at, p.id LIMIT :most
"""  # noqa: S608 — constant


async def open_due(context: ServiceContext, outbox: Outbox, tx: Transaction, most: int) -> int:
    """Open some of the spaces that are due, and tell; tell who is blocked why theirs is not."""
    now, values = context.now(), _values(context, most)
    rows = await tx.all(_OPEN, **values)
    for row in rows:
        person = read_person(context.keys, row)
        await context.note(tx, Event.OPENED, person.id)
        await outbox.enqueue(tx, person.identity, MessageKind.OPENED, person=person.id, at=now)
    if len(rows) < most:  # all that is still due is blocked
        await _hold(context, outbox, tx, most)
    return len(rows)


async def _hold(context: ServiceContext, outbox: Outbox, tx: Transaction, most: int) -> None:
    until = french_days.end_of_day(context.now() + context.limits.held)
    for row in await tx.all(_HOLD, **_values(context, most)):
        person = read_person(context.keys, row)
        await context.note(tx, Event.OPENING_HELD, person.id)
        await outbox.enqueue(
            tx, person.identity, MessageKind.OPENING_HELD, person=person.id, at=until
        )


async def count_due(context: ServiceContext, tx: Transaction, most: int) -> int:
    """Return how many spaces are due now; `most` stands for as many and more."""
    [row] = await tx.all(_COUNT, **_values(context, most))
    return int(row["number"])


async def list_due(
    context: ServiceContext, tx: Transaction, most: int
) -> tuple[tuple[str, datetime], ...]:
    """Return who is due now, by pseudonym, and when each was told; the oldest first."""
    rows = await tx.all(_LIST, **_values(context, most))
    return tuple((context.keys.pseudonym(r["id"]), to_datetime(r["informed_at"])) for r in rows)


def _values(context: ServiceContext, most: int) -> dict[str, int]:
    now = context.now()
    today = french_days.start_of_day(now)
    return {
        "now": now,
        "informed_at": today - context.policy.code_days * DAY,
        "held_at": today - context.limits.held,
        "last": context.limits.max_failures,
        "most": most,
    }
