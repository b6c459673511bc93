"""A harness over HTTP: a real service on loopback over SQLite, a clock that both sides share."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from espace_tui.activation.context import ServiceContext
from espace_tui.activation.crypto.hasher import Hasher
from espace_tui.activation.crypto.keys import open_keys
from espace_tui.activation.rules import Rules
from espace_tui.backends.http import open_backend
from espace_tui.clock import MovableClock
from espace_tui.model.policy import GUIDE_2022
from espace_tui.service.options import ServiceOptions
from espace_tui.service.server import open_store
from tests.activation.world import QUICK, START, MemoryDelivery, World
from tests.backends.worlds import RulesHarness
from tests.service.serving import in_thread


def _rules(options: ServiceOptions, clock: MovableClock) -> Rules:
    keys = open_keys(options.keys)
    store = open_store(options.database)
    return Rules(ServiceContext(store, keys, Hasher(keys, QUICK), clock, GUIDE_2022))


@asynccontextmanager
async def over_http(folder: Path, database: str = "") -> AsyncIterator[RulesHarness]:
    """Open a service in a folder, over SQLite or another database."""
    await asyncio.to_thread(folder.chmod, 0o700)
    options = ServiceOptions(
        database=database or f"sqlite://{folder}/store/espace.db", keys=folder / "keys", port=0
    )
    clock = MovableClock(START)
    here, there = _rules(options, clock), _rules(options, clock)
    await here.context.store.migrate()
    with in_thread(options, there) as port:
        backend = open_backend({"url": f"http://127.0.0.1:{port}"})
        world = World(here, clock, MemoryDelivery())
        try:
            yield RulesHarness(backend, here.administration, clock, world.letters)
        finally:
            await backend.aclose()
            await here.aclose()
