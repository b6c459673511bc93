"""A lane: the letters of one channel, carried a few at a time, for as long as the worker lives.

Each letter goes by itself: a slow one holds its own place and no other. When the way is closed
(`Unreachable`), the lane pauses, longer each time up to half a minute, and no letter is lost nor
counted as tried; the other lane goes on.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import structlog

from espace_tui.activation.mail.sender import ChannelDownError, LeasedMessage, OutboxSender, Outcome
from espace_tui.errors import Unreachable
from espace_tui.model.values import Channel

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class DispatchSettings:
    """How fast a lane goes; in seconds but for the first.

    `at_once` letters on their way; a `look` into an empty outbox; the time to `gather` free places
    before the next look; the first and the last pause of a way that is closed.
    """

    concurrency: int = 8
    poll_seconds: float = 0.5
    gather: float = 0.02
    first_pause: float = 0.5
    last_pause: float = 30


@dataclass
class DeliveryCounts:
    """What became of the letters so far."""

    went: int = 0
    later: int = 0
    dead: int = 0

    def count(self, outcome: Outcome) -> None:
        """Count one letter."""
        setattr(self, outcome.value, getattr(self, outcome.value) + 1)


@dataclass
class Dispatcher:
    """The letters of one channel on their way."""

    channel: Channel
    sender: OutboxSender
    settings: DispatchSettings = field(default_factory=DispatchSettings)
    counts: DeliveryCounts = field(default_factory=DeliveryCounts)
    _moving: set[asyncio.Task[None]] = field(default_factory=set)
    _is_closed: bool = False
    _pauses: int = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Carry letters until told to stop; those in hand are carried to their end."""
        while not stop.is_set():
            found = await self._look()
            await self._rest(stop, found=found)
        await self._finish()

    async def drain(self) -> DeliveryCounts:
        """Carry all that is due now, until the way closes; return what became of it."""
        stop = asyncio.Event()
        while await self._look() or self._moving:
            await self._rest(stop, found=True)
            if self._pauses:
                break
        await self._finish()
        return self.counts

    @property
    def _free(self) -> int:
        """How many more letters may go; one only while nobody knows whether the way is open."""
        places = 1 if self._pauses else self.settings.concurrency
        return max(0, places - len(self._moving))

    async def _look(self) -> bool:
        """Take letters for the places that are free; tell whether there was any."""
        self._let_go()
        if not self._free:
            return False
        try:
            taken = await self.sender.lease(self._free)
        except Unreachable as error:
            self._close(error)
            return False
        for letter in taken:
            task = asyncio.create_task(self._carry(letter))
            self._moving.add(task)
        return bool(taken)

    async def _carry(self, taken: LeasedMessage) -> None:
        try:
            fate = await self.sender.deliver(taken)
        except Unreachable as error:
            self._close(error)
            return
        self._pauses = 0
        self.counts.count(fate)
        if fate is not Outcome.WENT:
            _log.warning("letter", channel=self.channel.value, fate=fate.value, id=taken.id)

    def _close(self, error: Unreachable) -> None:
        """Pause; the event tells whose fault it is: ``later`` is the database's."""
        if not self._is_closed:
            event = "way-closed" if isinstance(error, ChannelDownError) else "later"
            values = {name: str(value) for name, value in error.values.items()}
            _log.warning(event, channel=self.channel.value, code=error.code, **values)
        self._is_closed = True

    async def _rest(self, stop: asyncio.Event, *, found: bool) -> None:
        """Wait for a place, for the next look, or for the way to open again."""
        if self._is_closed:
            self._pauses += 1
            await _wait(stop, self._pause())
            self._is_closed = False
        elif not self._free:
            await asyncio.wait(self._moving, return_when=asyncio.FIRST_COMPLETED)
        elif found:
            await asyncio.wait(self._moving, timeout=self.settings.gather)
        else:
            await _wait(stop, self.settings.poll_seconds)

    def _pause(self) -> float:
        return min(
            self.settings.last_pause, self.settings.first_pause * (1 << min(self._pauses - 1, 10))
        )

    def _let_go(self) -> None:
        """Free the places of the letters that came to their end; a bug is raised."""
        for task in [task for task in self._moving if task.done()]:
            self._moving.discard(task)
            task.result()

    async def _finish(self) -> None:
        if self._moving:
            await asyncio.wait(self._moving)
        self._let_go()


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
