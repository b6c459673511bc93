"""A worker sends the letters, applies the six-week rule, erases what has ended; any number at once.

It stops on SIGTERM or SIGINT: nothing new is taken, the letters in hand are carried to their end.
Killed, its letters are taken by another worker once their lease is over.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Mapping

import structlog

from espace_tui.activation.mail.delivery import Delivery
from espace_tui.activation.mail.sender import OutboxSender
from espace_tui.activation.rules import Rules
from espace_tui.model.values import Channel
from espace_tui.operating import periodic
from espace_tui.operating.dispatcher import Dispatcher, DispatchSettings

_log = structlog.get_logger(__name__)
_GRACE = 30


class Worker:
    """The lanes and the chores of one process."""

    def __init__(
        self, rules: Rules, ways: Mapping[Channel, tuple[Delivery, DispatchSettings]]
    ) -> None:
        self._rules = rules
        self.lanes = [
            Dispatcher(channel, OutboxSender(rules.context, delivery, channel), pace)
            for channel, (delivery, pace) in ways.items()
        ]

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop."""
        office = self._rules.administration
        async with asyncio.TaskGroup() as tasks:
            for lane in self.lanes:
                tasks.create_task(lane.run(stop))
            opening = periodic.repeat(
                stop, periodic.OPENING_SECONDS, lambda: periodic.open_spaces(office)
            )
            tasks.create_task(opening)
            sweeping = periodic.repeat(stop, periodic.PURGE_SECONDS, lambda: periodic.purge(office))
            tasks.create_task(sweeping)

    async def once(self) -> None:
        """Do all that is due now, and end."""
        await periodic.open_due(self._rules.administration)
        await periodic.purge(self._rules.administration)
        await asyncio.gather(*(lane.drain() for lane in self.lanes))


async def run_until_signal(worker: Worker) -> None:
    """Work until SIGTERM or SIGINT, then finish what is in hand, for half a minute at most."""
    stop, loop, deadline = asyncio.Event(), asyncio.get_running_loop(), asyncio.timeout(None)

    def end() -> None:
        stop.set()
        deadline.reschedule(loop.time() + _GRACE)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end)
    _log.info("working", channels=[lane.channel.value for lane in worker.lanes])
    try:
        async with deadline:
            await worker.run(stop)
    except TimeoutError:
        _log.warning("hurried")
    for lane in worker.lanes:
        _log.info("stopped", channel=lane.channel.value, **vars(lane.counts))
