"""The watch over this machine's clock: a worker whose clock is wrong says so, and does nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import structlog
from typing_extensions import override

from espace_tui.activation.context import ServiceContext
from espace_tui.activation.mail.delivery import Delivery
from espace_tui.activation.mail.sender import LeasedMessage, OutboxSender
from espace_tui.model.values import Channel

_log = structlog.get_logger(__name__)
MOST_SECONDS = 5
"""How far a machine's clock may be from the database's."""


class ClockWatch:
    """Compares the clocks before each piece of work."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context
        self._was_right = True

    async def is_right(self) -> bool:
        """Tell whether this machine agrees with the database; log when that changes.

        Raises `Unreachable`.
        """
        ahead = await self._context.synchronise_clock()
        is_right = abs(ahead) <= MOST_SECONDS
        if is_right is not self._was_right:
            if is_right:
                _log.info("clock-right")
            else:
                _log.error("clock-wrong", seconds_ahead=round(ahead), at_most=MOST_SECONDS)
        self._was_right = is_right
        return is_right

    def only_if_right(self, task: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        """Return a task that does nothing while the clock is wrong."""

        async def watched() -> None:
            if await self.is_right():
                await task()

        return watched


class WatchedSender(OutboxSender):
    """A sender that leases nothing while the clock is wrong."""

    def __init__(
        self, context: ServiceContext, delivery: Delivery, channel: Channel, watch: ClockWatch
    ) -> None:
        super().__init__(context, delivery, channel)
        self._watch = watch

    @override
    async def lease(self, limit: int) -> Sequence[LeasedMessage]:
        """Lease messages that are due; none while the clock is wrong."""
        return await super().lease(limit) if await self._watch.is_right() else ()
