"""The least that a journey can cost: its calls with nothing in them, beside the same hashes.

No rule, no check, no framework, no log: uvicorn, one row read and one row written for each call,
three hashes. What the service cannot be better than, on this machine and in this language.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import uvicorn
from argon2 import PasswordHasher
from uvicorn.loops.auto import auto_loop_factory

from bench.load import Client, at_full_speed
from bench.service import (
    CORES,
    HASHES,
    PEOPLE,
    WALKERS,
    Served,
    argon2_per_second,
    cpu,
    free_ports,
    hashing_cpu,
    postgres_pids,
)
from espace_tui.activation.crypto.hasher import SERVICE
from espace_tui.activation.stores.postgres import PostgresStore
from tests.postgres import Cluster

JOURNEY = ("/hash", "/", "/", "/", "/", "/hash", "/hash", "/", "/read", "/")
_READ = "SELECT sealed FROM flow WHERE id = :id"
_WRITE = "INSERT INTO answer VALUES (:key, :filling, :filling, 0)"
_FILLING = "x" * 500
_HEAD = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]}
_BODY = {"type": "http.response.body", "body": b"{}"}


class Nothing:
    """An application that answers each call in the same way."""

    def __init__(self, store: PostgresStore) -> None:
        self._store = store
        self._threads = ThreadPoolExecutor(CORES, initializer=lambda: os.nice(10))
        self._hasher = PasswordHasher(SERVICE.rounds, SERVICE.kibibytes, 1)
        self._count = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 — ASGI's
        """Read, hash if asked, write unless asked not to, answer."""
        await receive()
        if scope["path"] == "/hash":
            await self._step(writes=False)
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._threads, self._hasher.hash, "Kv7-rTm2qe!")
        await self._step(writes=scope["method"] == "POST")
        await send(_HEAD)
        await send(_BODY)

    async def _step(self, *, writes: bool) -> None:
        async with self._store.transaction() as tx:
            await tx.one(_READ, id="nobody")
            if writes:
                self._count += 1
                await tx.run(_WRITE, key=str(self._count), filling=_FILLING)


async def serve(url: str, port: int) -> None:
    """Serve nothing until told to stop."""
    config = uvicorn.Config(
        Nothing(PostgresStore(url)), port=port, lifespan="off", access_log=False, log_level="error"
    )
    await uvicorn.Server(config).serve()


async def load(port: int) -> float:
    """Make everybody's calls; return journeys a second."""

    async def journey(client: Client, _: int) -> None:
        for path in JOURNEY:
            await (client.get(path, {}) if path == "/read" else client.post(path, {}, {}))

    return await at_full_speed(range(PEOPLE), journey, [Client(port) for _ in range(WALKERS)])


def rounds(url: str, cluster: Cluster, many: int) -> Iterator[tuple[float, float]]:
    """Yield the part of an argon2 loop that is left, and the part of the CPU that hashes."""
    (port,) = free_ports(1)
    words = [sys.executable, "-m", "bench.floor", url, str(port)]
    with (
        subprocess.Popen(words) as process,  # noqa: S603 — our own words
        asyncio.Runner(loop_factory=auto_loop_factory()) as runner,
    ):
        try:
            Served(process, port).until_ready()
            runner.run(load(port))
            pids = [process.pid, *postgres_pids(cluster)]
            before = argon2_per_second()
            for _ in range(many):
                used, hashed = cpu(pids), hashing_cpu(process.pid)
                rate = runner.run(load(port))
                used, hashed = (
                    cpu(pids) - used,
                    hashing_cpu(process.pid) - hashed,
                )
                after = argon2_per_second()
                yield rate * HASHES * 2 / (before + after), hashed / used
                before = after
        finally:
            process.terminate()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=auto_loop_factory()) as served:
        served.run(serve(sys.argv[1], int(sys.argv[2])))
