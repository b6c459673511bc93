"""How long nobody has touched the keyboard, and what follows: pure, with the time given to it.

An unattended screen is warned about, then hidden, then erased. Any key extends the time before it
is hidden, as often as one likes; once hidden, only `resume` does. Times are seconds of a clock that
goes on while a computer sleeps, so that a lid closed at noon finds everything erased at two.

    >>> idle = Idle(IdleLimits(hide=300, erase=600), now=0)
    >>> [idle.state(now).name for now in (0, 239, 240, 299, 300, 839, 840, 900)]
    ['ACTIVE', 'ACTIVE', 'WARNED', 'WARNED', 'HIDDEN', 'HIDDEN', 'ENDING', 'OVER']
    >>> idle.touch(299)
    >>> idle.state(500).name, idle.next_change(500)
    ('ACTIVE', 39)
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import NamedTuple

LOOK_SECONDS = 2.0
"""How often one looks whether the state is another: what waits stands still while a computer
sleeps, and whoever opens the lid again must find hidden what is to be hidden."""


class IdleState(Enum):
    """What an unattended screen is: in use, warned about, hidden, ending, or to be erased."""

    ACTIVE = auto()
    WARNED = auto()
    HIDDEN = auto()
    ENDING = auto()
    """Hidden, and soon to be erased."""
    OVER = auto()


class IdleLimits(NamedTuple):
    """Seconds before the screen is hidden (0: never), then erased, and of warning before each."""

    hide: float = 300
    erase: float = 600
    warning: float = 60

    def longer(self, factor: float) -> IdleLimits:
        """Return limits that many times as long; the warning comes as early as before."""
        return IdleLimits(self.hide * factor, self.erase * factor, self.warning)


class Idle:
    """The state of a screen, from the instants at which it was touched, hidden and resumed."""

    def __init__(self, limits: IdleLimits, now: float) -> None:
        self.limits = limits
        self._touched = now
        self._hidden: float | None = None

    def touch(self, now: float) -> None:
        """Extend the time before hiding; what is hidden already stays so."""
        if self.state(now) in {IdleState.ACTIVE, IdleState.WARNED}:
            self._touched = now

    def hide(self, now: float) -> None:
        """Hide at once; hidden again, the time before erasing is not extended."""
        if self._hidden_since(now) is None:
            self._hidden = now

    def resume(self, now: float) -> None:
        """Show again, unless it is too late."""
        if self.state(now) is not IdleState.OVER:
            self._touched, self._hidden = now, None

    def state(self, now: float) -> IdleState:
        """Return the state at an instant that is not before the last one given."""
        hidden = self._hidden_since(now)
        if hidden is not None:
            left = hidden + self.limits.erase - now
            if left <= 0:
                return IdleState.OVER
            return IdleState.HIDDEN if left > self.limits.warning else IdleState.ENDING
        warned = self.limits.hide and now >= self.hides_at - self.limits.warning
        return IdleState.WARNED if warned else IdleState.ACTIVE

    def next_change(self, now: float) -> float | None:
        """Return the seconds until the state changes by itself; None if it never does."""
        state = self.state(now)
        if state is IdleState.OVER or (state is IdleState.ACTIVE and not self.limits.hide):
            return None
        ends = {
            IdleState.ACTIVE: self.hides_at - self.limits.warning,
            IdleState.WARNED: self.hides_at,
            IdleState.HIDDEN: self.erases_at(now) - self.limits.warning,
            IdleState.ENDING: self.erases_at(now),
        }
        return max(0.0, ends[state] - now)

    @property
    def hides_at(self) -> float:
        """When it is hidden if nobody touches it."""
        return self._touched + self.limits.hide

    def erases_at(self, now: float) -> float:
        """When it is erased if nobody resumes."""
        hidden = self._hidden_since(now)
        return (self.hides_at if hidden is None else hidden) + self.limits.erase

    def _hidden_since(self, now: float) -> float | None:
        if self._hidden is not None:
            return self._hidden
        return self.hides_at if self.limits.hide and now >= self.hides_at else None


def boot_seconds() -> float:
    """Return the seconds of a clock that counts sleep, where the system has one."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


def local_time() -> datetime:
    """Return what the clock of the computer shows."""
    return datetime.now().astimezone()


class IdleWatch:
    """An `Idle` on the computer's own clocks, for the faces."""

    def __init__(
        self,
        limits: IdleLimits,
        seconds: Callable[[], float] = boot_seconds,
        time_of_day: Callable[[], datetime] = local_time,
    ) -> None:
        """`time_of_day` is only shown: a clock that is put right hides and erases nothing."""
        self._seconds = seconds
        self._time_of_day = time_of_day
        self._idle = Idle(limits, seconds())
        self._limits = limits
        self.on_limits: Callable[[], object] = lambda: None
        """Told that the limits are others, and with them the next change."""

    @property
    def is_hidden(self) -> bool:
        """Whether nothing of anybody may be seen."""
        return self.state in {IdleState.HIDDEN, IdleState.ENDING, IdleState.OVER}

    @property
    def state(self) -> IdleState:
        """What the screen is now."""
        return self._idle.state(self._seconds())

    @property
    def next_change(self) -> float | None:
        """The seconds until that changes by itself, if it ever does."""
        return self._idle.next_change(self._seconds())

    @property
    def next_look(self) -> float | None:
        """The seconds after which one looks again, if that may ever be another state."""
        change = self.next_change
        return None if change is None else min(change, LOOK_SECONDS)

    @property
    def hides_at(self) -> datetime:
        """The clock time at which it will be hidden."""
        return self._clock_time(self._idle.hides_at)

    @property
    def erases_at(self) -> datetime:
        """The clock time at which it will be erased."""
        return self._clock_time(self._idle.erases_at(self._seconds()))

    def touch(self) -> None:
        """Take note of a key."""
        self._idle.touch(self._seconds())

    def hide(self) -> None:
        """Hide at once."""
        self._idle.hide(self._seconds())

    def resume(self) -> None:
        """Show again."""
        self._idle.resume(self._seconds())

    def begin(self, limits: IdleLimits) -> None:
        """Begin with other limits, from now on."""
        self._idle.touch(self._seconds())  # first: these limits may be over already
        self._limits = self._idle.limits = limits
        self.on_limits()

    def set_longer(self, factor: float) -> None:
        """Multiply the limits the visit began with; 1 puts them back."""
        self._idle.limits = self._limits.longer(factor)
        self.on_limits()

    def _clock_time(self, instant: float) -> datetime:
        return self._time_of_day() + timedelta(seconds=instant - self._seconds())
