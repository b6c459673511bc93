"""What every rule works with: store, keys, hasher, clock, policy, limits, transactions.

`act` runs one piece of work in one transaction, and again when it was undone
(`espace_tui.activation.stores.port`). A refusal that must leave a trace (a counted failure) is
*returned* by the work: the transaction is committed, then the refusal is raised. A refusal that is
*raised* rolls everything back: it may only report what was read, or that nothing changed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from espace_tui.activation.audit import Event, record
from espace_tui.activation.crypto.hasher import Hasher
from espace_tui.activation.crypto.keys import Keys
from espace_tui.activation.stores.clock import StoreClock
from espace_tui.activation.stores.port import ConflictError, Store, Transaction
from espace_tui.clock import Clock
from espace_tui.errors import Refused, Unreachable
from espace_tui.model.policy import Policy

MINUTE = 60
HOUR = 60 * MINUTE
PAGE_SIZE = 1000
"""How many rows an operator reads, or a sweep erases, in one transaction."""
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Limits:
    """How long records are valid, and how many of them there may be.

    The first `free_failures` cost nothing, then waits grow. From `window_failures` on, each failure
    blocks the authenticator for `window`; at `last_failures` it is off until it is unlocked.
    """

    flow_idle: int = 30 * MINUTE
    session_idle: int = 15 * MINUTE
    session_life: int = 12 * HOUR
    reset_life: int = 10 * MINUTE
    recovery_key_life: int = 70 * MINUTE
    request_life: int = 15 * MINUTE
    free_failures: int = 5
    long_wait_failures: int = 10
    max_failures: int = 100
    first_wait: int = 5
    window: int = HOUR
    failure_life: int = 30 * DAY
    flow_life: int = 60 * DAY
    dead_letter_life: int = 180 * DAY
    campaign_life: int = 366 * DAY
    audit_life: int = 3653 * DAY
    codes_per_hour: int = 250_000
    held: int = 14 * DAY
    openings_per_pass: int = 1000
    outbox_lease: int = 2 * MINUTE
    outbox_attempts: int = 20
    outbox_first_wait: int = 30
    outbox_last_wait: int = HOUR


T = TypeVar("T")
Work = Callable[[Transaction], Awaitable[T | Refused]]
_TRIES = 5


class CallGuard(Protocol):
    """Gives a call one effect and one answer, even if retried; what it raises rolls back."""

    async def look(self, tx: Transaction) -> None:
        """Look, at the beginning of a part that is run again, whether the call was answered.

        The first time needs no look: an answer kept before undoes it (`ConflictError`) when what it
        counts begins, or when its own is kept.
        """
        ...

    async def begin(self, tx: Transaction) -> bool:
        """Tell whether the call comes this far for the first time: what it counts, it counts once.

        Asked by a first part that counts before the last part decides.
        """
        ...

    async def record(self, tx: Transaction, answer: object) -> None:
        """Store the answer of the call in the transaction of its effect, at its end."""
        ...


@dataclass(frozen=True, slots=True)
class ServiceContext:
    """What every rule works with."""

    store: Store
    keys: Keys
    hasher: Hasher
    clock: Clock
    policy: Policy
    limits: Limits = field(default_factory=Limits)
    guard: CallGuard | None = None
    """What makes a call that is retried have one effect: `Rules.guarded` sets it for one call."""
    caller: str | None = None
    """Who calls, as far as it is known (an address): set beside the guard."""

    def now(self) -> int:
        """Return the present second."""
        return int(self.clock.now().timestamp())

    async def synchronise_clock(self) -> float:
        """Let the store's server tell the time; return how far ahead of it this machine is.

        Raises `Unreachable`.
        """
        return await self.clock.synchronise(self.store) if isinstance(self.clock, StoreClock) else 0

    async def read(self, work: Work[T]) -> T:
        """Do a first part of a call, in a transaction of its own; raise what it refuses."""
        return await self._transact(work, last=False)

    async def act(self, work: Work[T]) -> T:
        """Do the last part of a call, in one transaction; raise what it refuses."""
        return await self._transact(work, last=True)

    async def note(self, tx: Transaction, event: Event, subject: str) -> None:
        """Add a line to the audit trail."""
        await record(tx, self.keys, self.now(), event, subject)

    async def _transact(self, work: Work[T], *, last: bool) -> T:
        tries = 0
        while True:
            tries += 1
            try:
                answer = await self._once(work, last=last, again=tries > 1)
            except ConflictError as conflict:
                if tries == _TRIES:
                    raise Unreachable("store-locked") from conflict
            else:
                if isinstance(answer, Refused):
                    raise answer
                return answer

    async def _once(self, work: Work[T], *, last: bool, again: bool) -> T | Refused:
        async with self.store.transaction() as tx:
            if self.guard and again:
                await self.guard.look(tx)
            answer = await work(tx)
            if self.guard and (last or isinstance(answer, Refused)):
                await self.guard.record(tx, answer)
        return answer


def to_datetime(second: int) -> datetime:
    """Return an instant of the store as an aware datetime."""
    return datetime.fromtimestamp(second, UTC)
