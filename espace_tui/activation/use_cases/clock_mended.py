"""A clock that was ahead and is put right: an instant later than now counts as now.

What such a clock left would keep people waiting, and rights alive, for as long as it was ahead. No
wait and no right of a moment exceeds the longest of its rule. Provisional codes and the six weeks
are left as they are: a clock that is behind for a while must not end what people were promised.
"""

from __future__ import annotations

from espace_tui.activation.context import ServiceContext
from espace_tui.activation.stores.port import Transaction

_BOUND = "UPDATE {table} SET {column} = :now + :most WHERE {column} > :now + :most"
_CASES = ", ".join(f"t{n} = CASE WHEN t{n} > :now THEN :now ELSE t{n} END" for n in range(1, 6))
_SENDS = f"""
UPDATE sending SET {_CASES}
WHERE t1 > :now
"""  # noqa: S608 — constant


async def bound_instants(context: ServiceContext, tx: Transaction) -> None:
    """Bring back to their rule the instants that are too far ahead."""
    now, limits, policy = context.now(), context.limits, context.policy
    bounds = (
        ("session", "idle_at", limits.session_idle),
        ("session", "ends_at", limits.session_life),
        ("code_request", "expires_at", policy.one_time_code_seconds),
        ("code_request", "ends_at", limits.request_life),
        ("reset", "expires_at", limits.reset_life),
        ("recovery_key", "expires_at", limits.recovery_key_life),
        ("flow", "expires_at", limits.flow_idle),
        ("failure", "open_at", limits.window),
        ("failure", "since", 0),
        ("outbox", "due_at", limits.outbox_last_wait),
    )
    for table, column, most in bounds:
        await tx.run(_BOUND.format(table=table, column=column), now=now, most=most)
    await tx.run(_SENDS, now=now)
