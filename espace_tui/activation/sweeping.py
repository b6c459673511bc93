"""Sweeping: what has ended is erased, so that nothing is kept longer than it is of use."""

from __future__ import annotations

from espace_tui.activation.limits import DAY, HOUR
from espace_tui.activation.store import Transaction

_ENDED = (
    "DELETE FROM code_request WHERE expires_at <= :hour_ago",
    "DELETE FROM reset WHERE expires_at <= :hour_ago",
    "DELETE FROM session WHERE idle_at <= :hour_ago OR ends_at <= :hour_ago",
    "DELETE FROM sending WHERE t1 <= :hour_ago",
    "DELETE FROM ceiling WHERE hour < :this_hour",
    "DELETE FROM flow WHERE expires_at <= :long_ago",
    "UPDATE dead_letter SET sealed = '' WHERE sealed <> '' AND ends_at <= :now",
    "UPDATE invitation SET hash = '' WHERE hash <> '' AND expires_at <= :day_ago",
)


async def sweep(tx: Transaction, now: int) -> None:
    """Erase what has ended: codes, sessions, turns, flows, what is kept of expired codes."""
    instants = {
        "now": now,
        "hour_ago": now - HOUR,
        "day_ago": now - DAY,
        "long_ago": now - 60 * DAY,
        "this_hour": now // HOUR,
    }
    for statement in _ENDED:
        await tx.run(statement, **instants)
