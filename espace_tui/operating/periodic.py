"""The chores of a worker, done again and again: the six-week rule, and erasing what has ended.

Each is right whoever else does it at the same time: a space is opened by the statement that finds
it still *invited*, in the transaction that leaves its letter; an opposition meanwhile wins.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from espace_tui.activation.use_cases.administration import Administration
from espace_tui.errors import Unreachable

_log = structlog.get_logger(__name__)
OPENING_SECONDS = 60
PURGE_SECONDS = 600
BATCH_SIZE = 500


async def open_due(office: Administration) -> int:
    """Open every space whose six weeks are over; return how many."""
    total = 0
    while opened := await office.open_due(BATCH_SIZE):
        total += opened
    return total


async def purge(office: Administration) -> None:
    """Erase all that has ended."""
    while await office.purge():
        continue


async def open_spaces(office: Administration) -> None:
    """Apply the six-week rule, and tell of it in the log."""
    opened = await open_due(office)
    if opened:
        _log.info("opened", count=opened)


async def repeat(stop: asyncio.Event, seconds: float, task: Callable[[], Awaitable[None]]) -> None:
    """Do a chore now and then until told to stop; a database that is down delays it."""
    while not stop.is_set():
        try:
            await task()
        except Unreachable as error:
            _log.warning("later", code=error.code)
        try:
            async with asyncio.timeout(seconds):
                await stop.wait()
        except TimeoutError:
            continue
