"""The spans and counts of the service that no screen needs to know; the rest is in `Policy`.

Sources: failures and waits, the project's security requirements S10–S13; sessions, S21. Spans are
in seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Limits:
    """How long things live, and how many of them there may be.

    `free_failures` cost nothing, then waits grow; from `window_failures` on every failure closes
    the authenticator for `window`; at `last_failures` it is off until an operator opens it again.
    """

    flow_idle: int = 30 * MINUTE
    session_idle: int = 15 * MINUTE
    session_life: int = 12 * HOUR
    reset_life: int = 10 * MINUTE
    free_failures: int = 5
    window_failures: int = 10
    last_failures: int = 100
    first_wait: int = 5
    window: int = HOUR
    ceiling_per_hour: int = 20_000
    outbox_lease: int = 2 * MINUTE
    outbox_attempts: int = 20
    outbox_first_wait: int = 30
    outbox_last_wait: int = HOUR
