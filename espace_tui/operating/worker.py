"""A worker sends messages, applies the six-week rule and erases what has ended; any number may run.

On SIGTERM or SIGINT it leases nothing more and finishes what it leased. If it is killed, another
worker sends its messages once their lease is over.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable, Mapping

import structlog

from espace_tui import __version__
from espace_tui.activation.context import ServiceContext
from espace_tui.activation.mail.delivery import Delivery
from espace_tui.activation.rules import Rules
from espace_tui.model.values import Channel
from espace_tui.operating import periodic
from espace_tui.operating.clock_watch import ClockWatch, WatchedSender
from espace_tui.operating.dispatcher import Dispatcher, DispatchSettings
from espace_tui.operating.presence import announce_presence
from espace_tui.operating.worker_metrics import WorkerMetrics

_log = structlog.get_logger(__name__)
_GRACE = 30


class Worker:
    """The dispatchers and the periodic tasks of one process."""

    def __init__(
        self, rules: Rules, channels: Mapping[Channel, tuple[Delivery, DispatchSettings]]
    ) -> None:
        self._rules = rules
        self.metrics = WorkerMetrics()
        self._watch = ClockWatch(rules.context)
        self.dispatchers = [
            Dispatcher(channel, self._sender(delivery, channel), settings, metrics=self.metrics)
            for channel, (delivery, settings) in channels.items()
        ]

    @property
    def _opening(self) -> Callable[[], Awaitable[None]]:
        administration = self._rules.administration
        return self._watch.only_if_right(lambda: periodic.open_spaces(administration))

    @property
    def _purging(self) -> Callable[[], Awaitable[None]]:
        administration = self._rules.administration
        return self._watch.only_if_right(lambda: periodic.purge(administration))

    def _sender(self, delivery: Delivery, channel: Channel) -> WatchedSender:
        return WatchedSender(self._rules.context, delivery, channel, self._watch)

    @property
    def context(self) -> ServiceContext:
        """What the worker works with."""
        return self._rules.context

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set."""
        async with asyncio.TaskGroup() as tasks:
            for dispatcher in self.dispatchers:
                tasks.create_task(dispatcher.run(stop))
            opening = periodic.repeat(stop, periodic.OPENING_SECONDS, self._opening)
            tasks.create_task(opening)
            purging = periodic.repeat(stop, periodic.PURGE_SECONDS, self._purging)
            tasks.create_task(purging)
            tasks.create_task(periodic.repeat(stop, periodic.AGE_SECONDS, self._show_ages))

    async def _show_ages(self) -> None:
        for dispatcher in self.dispatchers:
            self.metrics.show_age(dispatcher.channel, await dispatcher.sender.oldest_wait())

    async def run_once(self) -> None:
        """Do all that is due now, and end."""
        await self._opening()
        await self._purging()
        await asyncio.gather(*(dispatcher.drain() for dispatcher in self.dispatchers))


async def run_until_signal(worker: Worker) -> None:
    """Work until SIGTERM or SIGINT, then finish what is leased, for half a minute at most."""
    stop, loop, deadline = asyncio.Event(), asyncio.get_running_loop(), asyncio.timeout(None)

    def end() -> None:
        stop.set()
        deadline.reschedule(loop.time() + _GRACE)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end)
    _log.info(
        "working",
        version=__version__,
        channels=[dispatcher.channel.value for dispatcher in worker.dispatchers],
    )
    try:
        async with announce_presence(worker.context, "work"), deadline:
            await worker.run(stop)
    except TimeoutError:
        _log.warning("hurried")
    for dispatcher in worker.dispatchers:
        _log.info("stopped", channel=dispatcher.channel.value, **vars(dispatcher.counts))
