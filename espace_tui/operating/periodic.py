"""The periodic tasks of a worker: the six-week rule, and erasing what has ended.

Each is safe while others run it: a space is opened by the statement that finds it still *invited*,
in the transaction that stores its message; an opposition meanwhile wins.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from espace_tui.activation.use_cases.administration import Administration
from espace_tui.activation.use_cases.retention import SWEEPS
from espace_tui.errors import Unreachable

_log = structlog.get_logger(__name__)
OPENING_SECONDS = 60
PURGE_SECONDS = 600
AGE_SECONDS = 15
BATCH_SIZE = 500
SWEPT_AT_ONCE = 5000


async def open_due(administration: Administration) -> int:
    """Open every space whose six weeks are over; return how many.

    More at once than a day brings is a mistake, of a clock perhaps: then none is opened without an
    operator's word (`espace-tui admin open-due`).
    """
    most = administration.limits.openings_per_pass
    if await administration.count_due(most + 1) > most:
        _log.warning("openings-held", more_than=most)
        return 0
    total = 0
    while opened := await administration.open_due(BATCH_SIZE):
        total += opened
    return total


async def purge(administration: Administration) -> None:
    """Erase all that has ended, a table after the other, and log how much of each.

    What a clock that was ahead would keep too long is first brought back to its rule.
    """
    await administration.bound_instants()
    for each in SWEEPS:
        total = 0
        while done := await administration.sweep(each, SWEPT_AT_ONCE):
            total += done
            if done < SWEPT_AT_ONCE:
                break
        if total:
            _log.info("swept", table=each.table, emptied=bool(each.emptied), count=total)


async def open_spaces(administration: Administration) -> None:
    """Apply the six-week rule, and log how many spaces were opened."""
    opened = await open_due(administration)
    if opened:
        _log.info("opened", count=opened)


async def repeat(stop: asyncio.Event, seconds: float, task: Callable[[], Awaitable[None]]) -> None:
    """Run a task every so many seconds until `stop` is set; an unreachable database delays it."""
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
