"""How often messages may go: 30 s apart and 5 an hour.

Both for a person and what they ask (a turn); 5 an hour also for all that one person has sent to
one address or number (a way).

Sends asked for by somebody who proved nothing have budgets of their own, for each errand and over
everybody: they never use up that of a sign-in whose password was right.

The last five instants of each are kept in one row, shifted by the statement that adds one: an
exact sliding hour. A ceiling over everybody bounds what a mistake or an attack can cost.

Who proved who they are is told `send-later` for either. Who did not is told it for what they asked
only, known or not: that a destination has had enough is not for them to know.
"""

from __future__ import annotations

from espace_tui.activation.context import HOUR, ServiceContext
from espace_tui.activation.crypto.keys import Keys
from espace_tui.activation.stores.port import Transaction
from espace_tui.errors import Refused

_ADD = """
INSERT INTO sending (subject, t1, t2, t3, t4, t5) VALUES (:subject, :now, 0, 0, 0, 0)
ON CONFLICT (subject) DO UPDATE SET
    t5 = sending.t4, t4 = sending.t3, t3 = sending.t2, t2 = sending.t1, t1 = :now
WHERE (sending.t1 <= :now - :apart OR sending.t1 > :now)
    AND (sending.t5 <= :now - :hour OR sending.t5 > :now)
"""
_LOOK = "SELECT t1, t5 FROM sending WHERE subject = :subject"
_CEILING = """
INSERT INTO ceiling (hour, sent) VALUES (:hour, 1)
ON CONFLICT (hour) DO UPDATE SET sent = ceiling.sent + 1 WHERE ceiling.sent < :most
"""
_UNPROVED_CEILING = """
INSERT INTO ceiling (hour, sent, unproved) VALUES (:hour, 0, 1)
ON CONFLICT (hour) DO UPDATE SET unproved = ceiling.unproved + 1 WHERE ceiling.unproved < :most
"""
PROVED = "proved"
"""The quota of who gave the right password or provisional code."""
RESET = "reset"
UNPROVED = ("new-code", "identifier", RESET)
_SEEN = "SELECT sent FROM ceiling WHERE hour = :hour"


async def take_cooldown(context: ServiceContext, tx: Transaction, subject: str) -> Refused | None:
    """Start the cooldown between two messages; return `send-later` while one is running."""
    return await _take(tx, subject, context.now(), context.policy.resend_seconds)


def quota_subjects(keys: Keys, person: str, destination: str) -> list[str]:
    """Return every name that the sends to a person's address or number are counted under."""
    return [
        tag
        for errand in (PROVED, *UNPROVED)
        for tag in keys.tags("destination", errand, person, destination).values()
    ]


def quota_subject(keys: Keys, person: str, destination: str, errand: str = PROVED) -> str:
    """Return what sends of an errand to a person's address or number are counted under."""
    return keys.tag("destination", errand, person, destination)


async def take_quota(
    context: ServiceContext, tx: Transaction, person: str, destination: str, errand: str = PROVED
) -> Refused | None:
    """Consume quota of a person's address or number; else `send-later`. And of everybody's: `busy`.

    Each errand of those who proved nothing has a quota of its own: who can ask for one does not use
    up another.
    """
    now = context.now()
    subject = quota_subject(context.keys, person, destination, errand)
    apart = context.policy.resend_seconds if errand == RESET else 0  # else: `take_cooldown`
    full = await _take(tx, subject, now, apart)
    if full:
        return full
    ceiling = _CEILING if errand == PROVED else _UNPROVED_CEILING
    if await tx.changes(ceiling, hour=now // HOUR, most=context.limits.codes_per_hour):
        return None
    return Refused("busy", wait=HOUR - now % HOUR)  # only whoever proved who they are sees it


async def take_silently(
    context: ServiceContext,
    tx: Transaction,
    requester: str,
    person: str | None,
    destination: str | None,
) -> bool:
    """Consume quota silently; do the same work for an unknown person or contact (timing).

    `requester` begins with the errand of a known person: ``new-code:…``.
    """
    if person and destination:
        errand = requester.partition(":")[0]
        return await take_quota(context, tx, person, destination, errand) is None
    return await take_for_nobody(context, tx, requester)


async def take_for_nobody(context: ServiceContext, tx: Transaction, requester: str) -> bool:
    """Wait for as many statements as `take_quota`; nothing may go."""
    now = context.now()
    await _take(tx, f"{requester}:nobody", now, apart=0)
    await tx.one(_SEEN, hour=now // HOUR)
    return False


async def _take(tx: Transaction, subject: str, now: int, apart: int) -> Refused | None:
    if await tx.changes(_ADD, subject=subject, now=now, apart=apart, hour=HOUR):
        return None
    found = await tx.one(_LOOK, subject=subject)
    rules = ((found["t1"], apart), (found["t5"], HOUR)) if found else ()
    waits = [sent + least - now for sent, least in rules if sent <= now]
    return Refused("send-later", wait=max([1, *waits]))
