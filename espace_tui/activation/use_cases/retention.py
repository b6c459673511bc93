"""Sweeping: what has ended is erased, so that nothing is kept longer than it is of use.

A little at a time: after a campaign of millions, what ends on a day is too much for one statement.
"""

from __future__ import annotations

from espace_tui.activation.context import DAY, HOUR, ServiceContext
from espace_tui.activation.stores.port import Transaction

_ERASE = "DELETE FROM {table}"
_EMPTY = "UPDATE {table} SET {column} = ''"
_SOME = """
WHERE ({key}) IN (
    SELECT {key} FROM {table} WHERE {ended} LIMIT :most
    /* postgres: FOR UPDATE SKIP LOCKED */
)
RETURNING {key}
"""
_ENDED = (
    ("code_request", "id", "expires_at <= :hour_ago"),
    ("reset", "token_digest", "expires_at <= :hour_ago"),
    ("session", "token_digest", "idle_at <= :hour_ago OR ends_at <= :hour_ago"),
    ("sending", "subject", "t1 <= :hour_ago"),
    ("ceiling", "hour", "hour < :this_hour"),
    ("flow", "id", "expires_at <= :long_ago"),
    ("failure", "subject, authenticator", "since <= :long_gone AND failures < :last"),
)
_EMPTIED = (
    ("dead_letter", "id", "sealed", "sealed <> '' AND ends_at <= :now"),
    ("invitation", "person", "hash", "hash <> '' AND expires_at <= :day_ago"),
)
_STATEMENTS = (
    *((_ERASE + _SOME).format(table=table, key=key, ended=ended) for table, key, ended in _ENDED),
    *(
        (_EMPTY + _SOME).format(table=table, key=key, column=column, ended=ended)
        for table, key, column, ended in _EMPTIED
    ),
)


async def purge(context: ServiceContext, tx: Transaction, limit: int) -> int:
    """Erase some of what has ended; return how much (0: nothing is left).

    Codes, sessions, turns, flows, failures, and what is kept of expired codes.
    """
    now = context.now()
    instants = {
        "now": now,
        "hour_ago": now - HOUR,
        "day_ago": now - DAY,
        "long_gone": now - context.limits.failure_life,
        "last": context.limits.max_failures,
        "long_ago": now - 60 * DAY,
        "this_hour": now // HOUR,
    }
    return sum([len(await tx.all(sql, most=limit, **instants)) for sql in _STATEMENTS])
