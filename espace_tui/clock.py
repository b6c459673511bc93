"""The clock port: so that time can be tested.

`now()` is an aware UTC datetime with whole seconds where the store keeps it. `Clock` is what
the rules ask; `SystemClock` is the computer's; a test moves its own.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Whoever tells the time."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)


class MovableClock:
    """A clock that stands still until it is moved: for tests and demonstrations."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """Return the moment the clock was moved to."""
        return self._now

    def move(self, **span: float) -> None:
        """Move the clock; `span` is what `timedelta` takes (``seconds=``, ``days=``)."""
        self._now += timedelta(**span)
