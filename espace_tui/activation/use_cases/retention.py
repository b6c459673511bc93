"""Sweeping: what has ended is erased, so that nothing is kept longer than it is of use.

A worker does it, never a person's request. What ends has an index by its end; it is erased a batch
at a time, the oldest first, each batch in a transaction of its own: after a campaign of millions,
what ends on a day is too much for one. How long each is kept is one of the `Limits`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from espace_tui.activation.context import DAY, HOUR, Limits, ServiceContext
from espace_tui.activation.stores.port import Transaction

_ERASE = "DELETE FROM {table}"
_EMPTY = "UPDATE {table} SET {column} = ''"
_SOME = """
WHERE ({key}) IN (
    SELECT {key} FROM {table} WHERE {end} <= :ended{more} ORDER BY {end} LIMIT :most
    /* postgres: FOR UPDATE SKIP LOCKED */
)
RETURNING {key}
"""
_BEGIN_AUDIT = "INSERT INTO mark (name, value) VALUES ('audit-sweep', '')"
_END_AUDIT = "DELETE FROM mark WHERE name = 'audit-sweep'"
"""The store lets nobody but a sweep erase a line of the trail: it says so in its transaction."""
_TOLD = """
 AND NOT EXISTS (SELECT 1 FROM person p WHERE p.id = dead_letter.informs AND p.status = 'invited')
"""
"""Somebody whose invitation could not be sent is not opened: their dead letter says so."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """Rows of one table that are of no more use a while after an instant of theirs.

    `more` narrows it down, with the `values` of the limits; `emptied` is a column that is emptied
    in the place of the row.
    """

    table: str
    key: str
    end: str
    life: Callable[[Limits], int]
    more: str = ""
    emptied: str = ""
    values: Callable[[Limits], dict[str, int]] = lambda _: {}

    @property
    def sql(self) -> str:
        """The statement that erases some."""
        names = {"table": self.table, "key": self.key, "end": self.end, "more": self.more}
        return ((_EMPTY if self.emptied else _ERASE) + _SOME).format(column=self.emptied, **names)


def _hour(_: Limits) -> int:
    return HOUR


def _day(_: Limits) -> int:
    return DAY


ANSWERS = Sweep("answer", "key_digest", "kept_at", _day)
SWEEPS = (
    Sweep("code_request", "id", "expires_at", _hour),
    Sweep("reset", "token_digest", "expires_at", _hour),
    Sweep("recovery_key", "person", "expires_at", _hour),
    Sweep("session", "token_digest", "idle_at", _hour),
    Sweep("session", "token_digest", "ends_at", _hour),
    Sweep("sending", "subject", "t1", _hour),
    Sweep("ceiling", "hour", f"{HOUR} * hour + {HOUR}", lambda _: 0),
    Sweep("flow", "id", "expires_at", lambda limits: limits.flow_life),
    Sweep(
        "failure",
        "subject, authenticator",
        "since",
        lambda limits: limits.failure_life,
        more=" AND failures < :last",
        values=lambda limits: {"last": limits.max_failures},
    ),
    ANSWERS,
    Sweep("dead_letter", "id", "died_at", lambda limits: limits.dead_letter_life, more=_TOLD),
    Sweep("campaign", "digest", "moved_at", lambda limits: limits.campaign_life),
    Sweep("process", "id", "seen_at", _day),
    Sweep("audit", "id", "at", lambda limits: limits.audit_life),
    Sweep("dead_letter", "id", "ends_at", lambda _: 0, more=" AND sealed <> ''", emptied="sealed"),
    Sweep("invitation", "person", "expires_at", _day, more=" AND hash <> ''", emptied="hash"),
)
"""All that ends."""


async def sweep(context: ServiceContext, tx: Transaction, what: Sweep, limit: int) -> int:
    """Erase some of what has ended in one table; return how much."""
    limits = context.limits
    ended = context.now() - what.life(limits)
    if what.table == "audit":
        await tx.run(_BEGIN_AUDIT)
    done = await tx.all(what.sql, most=limit, ended=ended, **what.values(limits))
    if what.table == "audit":
        await tx.run(_END_AUDIT)
    return len(done)
