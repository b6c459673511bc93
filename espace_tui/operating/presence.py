"""While a process of the service lives, it says so to the store, with the keys it holds."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from espace_tui.activation.context import ServiceContext
from espace_tui.activation.crypto.keys import new_id
from espace_tui.activation.records import presence
from espace_tui.errors import Unreachable


@asynccontextmanager
async def announce_presence(context: ServiceContext, kind: str) -> AsyncIterator[None]:
    """Say that this process lives, until the end of the block; a store that is away is no harm."""
    who = new_id(), kind, f"{socket.gethostname()}:{os.getpid()}"

    async def beat() -> None:
        while True:
            with suppress(Unreachable):
                await context.read(lambda tx: presence.beat(context, tx, who))
            await asyncio.sleep(presence.BEAT_SECONDS)

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()
        with suppress(asyncio.CancelledError):
            await beating
        with suppress(Unreachable):
            await context.read(lambda tx: presence.leave(tx, who[0]))
