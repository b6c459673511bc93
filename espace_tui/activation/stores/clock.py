"""The clock of a store: where a database server keeps time, it decides for every process.

What it told is carried on by a steady clock, until it is asked again: this machine's own clock may
jump or be wrong, and changes nothing. A file has no clock: then this machine's own is used.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

from typing_extensions import override

from espace_tui.activation.stores.port import Store
from espace_tui.clock import Clock


def _steady() -> float:
    """Return seconds that go on while the machine sleeps, where the system can tell."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class StoreClock(Clock):
    """The time of a store's server once it was asked (`synchronise`), this machine's before."""

    def __init__(self, local: Clock, steady: Callable[[], float] = _steady) -> None:
        self._local = local
        self._steady = steady
        self._zero: float | None = None
        """The server's second at the zero of the steady clock."""

    @override
    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        if self._zero is None:
            return self._local.now()
        return datetime.fromtimestamp(self._zero + self._steady(), UTC)

    async def synchronise(self, store: Store) -> float:
        """Ask a store; return how many seconds this machine's clock is ahead of it.

        Raises `Unreachable`.
        """
        before = self._steady()
        told = await store.clock()
        if told is None:
            return 0
        after = self._steady()
        self._zero = told - (before + after) / 2
        return self._local.now().timestamp() - (self._zero + after)
