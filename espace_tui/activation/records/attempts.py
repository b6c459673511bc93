"""Failures, counted per person and authenticator, in the store, whatever the process.

An attempt is counted before it is looked at, in one statement, and forgiven when it was right: so
that N attempts at once let no more through than N one after the other. The first ones are free,
then waits grow (5 s, 40 s, 2 min, 5 min, 10 min), then each costs a window, then the authenticator
is off until an operator opens it again. Nothing else forgives: not a new code, a new flow, another
process. What a stranger can count on is counted under what was typed (its keyed HMAC), known or
not; there a right attempt takes back its own count only, so that a stranger never sees that the
owner came. Failures are forgotten together, a month after the first (`retention`), unless an
operator must open the authenticator again.

An open session has no authenticator: nobody outside can close it.
"""

from __future__ import annotations

from enum import StrEnum

from espace_tui.activation.context import Limits, ServiceContext
from espace_tui.activation.stores.port import Transaction
from espace_tui.errors import Refused


class Authenticator(StrEnum):
    """What a person proves themselves with, each counted apart."""

    PROVISIONAL_CODE = "provisional-code"
    CARD = "card"
    PASSWORD = "password"
    SIGN_IN_CODE = "code-sign-in"
    CONTACT_CODE = "code-contact"
    RESET_CODE = "code-reset"
    REPLAY = "replay"
    """A password given again with a step that was made already."""


_COUNT = """
INSERT INTO failure (subject, authenticator, failures, open_at, since)
VALUES (:subject, :authenticator, 1, 0, :now)
ON CONFLICT (subject, authenticator) DO UPDATE SET
    failures = failure.failures + 1,
    open_at = :now + CASE
        WHEN failure.failures + 1 >= :windowed THEN :window
        WHEN failure.failures + 1 >= :free THEN :wait * (failure.failures + 2 - :free)
            * (failure.failures + 2 - :free) * (failure.failures + 2 - :free)
        ELSE 0 END
WHERE (failure.open_at <= :now OR failure.open_at > :now + :window) AND failure.failures < :last
"""
_LOOK = """
SELECT failures, open_at FROM failure WHERE subject = :subject AND authenticator = :authenticator
"""
_TAKE_BACK = """
UPDATE failure SET failures = failures - 1, open_at = 0
WHERE subject = :subject AND authenticator = :authenticator AND failures > 0
"""
_FORGIVE = "DELETE FROM failure WHERE subject = :subject AND authenticator = :authenticator"


async def count(
    tx: Transaction, limits: Limits, now: int, subject: str, authenticator: Authenticator
) -> Refused | None:
    """Count an attempt as failed until `forgive`; return the refusal if there may be none now."""
    key = {"subject": subject, "authenticator": authenticator.value}
    if await tx.changes(
        _COUNT,
        **key,
        now=now,
        free=limits.free_failures,
        windowed=limits.long_wait_failures,
        last=limits.max_failures,
        wait=limits.first_wait,
        window=limits.window,
    ):
        return None
    found = await tx.one(_LOOK, **key)
    if found is None or found["failures"] >= limits.max_failures:
        return Refused()
    return Refused("too-many-attempts", wait=max(1, found["open_at"] - now))


async def count_once(
    context: ServiceContext, tx: Transaction, subject: str, authenticator: Authenticator
) -> Refused | None:
    """Count an attempt before the transaction that decides: once, even when it is retried."""
    if context.guard and not await context.guard.begin(tx):
        return None
    return await count(tx, context.limits, context.now(), subject, authenticator)


async def take_back(tx: Transaction, subject: str, authenticator: Authenticator) -> None:
    """Take back the count of an attempt: it was right. What others failed stays counted."""
    await tx.run(_TAKE_BACK, subject=subject, authenticator=authenticator.value)


async def forgive(tx: Transaction, subject: str, authenticator: Authenticator) -> None:
    """Forget the failures of a subject: the attempt was right."""
    await tx.run(_FORGIVE, subject=subject, authenticator=authenticator.value)
