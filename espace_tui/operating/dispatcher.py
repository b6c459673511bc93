"""Sends the messages of one channel, a few at a time, for as long as the worker runs.

Each message is sent by a task of its own: a slow one delays no other. While the channel is down
(`Unreachable`), the dispatcher pauses, longer each time up to half a minute. No message is lost or
counted as tried, and the other channel is not affected.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import structlog

from espace_tui.activation.mail.sender import ChannelDownError, LeasedMessage, OutboxSender, Outcome
from espace_tui.errors import Unreachable
from espace_tui.model.values import Channel
from espace_tui.operating.worker_metrics import WorkerMetrics

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class DispatchSettings:
    """How fast a channel is served; in seconds but for the first.

    `concurrency` messages at a time; `poll_seconds` between looks into an empty outbox; `gather`
    to let several places become free before the next look; the first and the longest pause of a
    channel that is down.
    """

    concurrency: int = 8
    poll_seconds: float = 0.5
    gather: float = 0.02
    first_pause: float = 0.5
    last_pause: float = 30


@dataclass
class DeliveryCounts:
    """How many messages were sent, put off and given up so far."""

    went: int = 0
    later: int = 0
    dead: int = 0

    def count(self, outcome: Outcome) -> None:
        """Count one message."""
        setattr(self, outcome.value, getattr(self, outcome.value) + 1)


@dataclass
class Dispatcher:
    """Sends the messages of one channel."""

    channel: Channel
    sender: OutboxSender
    settings: DispatchSettings = field(default_factory=DispatchSettings)
    counts: DeliveryCounts = field(default_factory=DeliveryCounts)
    metrics: WorkerMetrics = field(default_factory=WorkerMetrics)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _is_closed: bool = False
    _pauses: int = 0
    _refuses: bool = False
    """Whether the channel itself is what is closed."""

    async def run(self, stop: asyncio.Event) -> None:
        """Send messages until `stop` is set; those already leased are finished."""
        self.metrics.show_channel(self.channel, is_open=True)
        while not stop.is_set():
            self.metrics.beat()
            found = await self._lease()
            await self._wait_for_work(stop, found=found)
        await self._finish()

    async def drain(self) -> DeliveryCounts:
        """Send all that is due now, until the channel is down; return the counts."""
        stop = asyncio.Event()
        while await self._lease() or self._tasks:
            await self._wait_for_work(stop, found=True)
            if self._pauses:
                break
        await self._finish()
        return self.counts

    @property
    def _free(self) -> int:
        """How many more messages may be sent; one only, to try a channel that was down."""
        places = 1 if self._pauses else self.settings.concurrency
        return max(0, places - len(self._tasks))

    async def _lease(self) -> bool:
        """Lease messages for the places that are free; tell whether there was any."""
        self._release()
        if not self._free:
            return False
        try:
            taken = await self.sender.lease(self._free)
        except Unreachable as error:
            self._close(error)
            return False
        for message in taken:
            task = asyncio.create_task(self._deliver(message))
            self._tasks.add(task)
        return bool(taken)

    async def _deliver(self, taken: LeasedMessage) -> None:
        try:
            result = await self.sender.deliver(taken)
        except Unreachable as error:
            self._close(error)
            return
        self._open()
        self.counts.count(result.outcome)
        self.metrics.count(self.channel, result)
        if result.outcome is not Outcome.WENT:
            told = {"fate": result.outcome.value, "reason": result.reason, "id": taken.id}
            _log.warning("letter", channel=self.channel.value, **told)

    def _open(self) -> None:
        """Go on at full speed; tell it of a channel that was closed."""
        if self._refuses:
            _log.info("way-open", channel=self.channel.value, after_pauses=self._pauses)
        self._pauses, self._refuses = 0, False
        self.metrics.show_channel(self.channel, is_open=True)

    def _close(self, error: Unreachable) -> None:
        """Pause; the event names the cause: ``later`` is the database."""
        if not self._is_closed:
            event = "way-closed" if isinstance(error, ChannelDownError) else "later"
            values = {name: str(value) for name, value in error.values.items()}
            _log.warning(event, channel=self.channel.value, code=error.code, **values)
        if isinstance(error, ChannelDownError):
            self._refuses = True
            self.metrics.show_channel(self.channel, is_open=False)
        self._is_closed = True

    async def _wait_for_work(self, stop: asyncio.Event, *, found: bool) -> None:
        """Wait for a place, for the next look, or for the channel to work again."""
        if self._is_closed:
            self._pauses += 1
            await _wait(stop, self._pause())
            self._is_closed = False
        elif not self._free:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        elif found:
            await asyncio.wait(self._tasks, timeout=self.settings.gather)
        else:
            await _wait(stop, self.settings.poll_seconds)

    def _pause(self) -> float:
        return min(
            self.settings.last_pause, self.settings.first_pause * (1 << min(self._pauses - 1, 10))
        )

    def _release(self) -> None:
        """Free the places of the messages that are finished; a bug is raised."""
        for task in [task for task in self._tasks if task.done()]:
            self._tasks.discard(task)
            task.result()

    async def _finish(self) -> None:
        if self._tasks:
            await asyncio.wait(self._tasks)
        self._release()


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
