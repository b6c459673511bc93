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

import uvicorn
from argon2 import PasswordHasher
from starlette.types import Receive, Scope, Send
from uvicorn.loops.auto import auto_loop_factory

from bench.load import Client, throughput
from bench.service import (
    CLIENTS,
    CORES,
    HASHES,
    PEOPLE,
    ServiceProcess,
    argon2_per_second,
    cpu_seconds,
    free_ports,
    hashing_cpu_seconds,
    postgres_pids,
)
from espace_tui.activation.crypto.hasher import SERVICE
from espace_tui.activation.stores.postgres import PostgresStore
from tests.postgres import Cluster

JOURNEY = ("/hash", "/", "/", "/", "/", "/hash", "/hash", "/", "/read", "/")
_READ = "SELECT sealed FROM flow WHERE id = :id"
_WRITE = "INSERT INTO answer VALUES (:key, :content, :content, 0)"
_CONTENT = "x" * 500
_HEAD = {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]}
_BODY = {"type": "http.response.body", "body": b"{}"}


class EmptyService:
    """An application that answers each call in the same way."""

    def __init__(self, store: PostgresStore) -> None:
        self._store = store
        self._threads = ThreadPoolExecutor(CORES, initializer=lambda: os.nice(10))
        self._hasher = PasswordHasher(SERVICE.rounds, SERVICE.kibibytes, 1)
        self._count = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
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
                await tx.run(_WRITE, key=str(self._count), content=_CONTENT)


async def serve(url: str, port: int) -> None:
    """Serve the empty calls until a signal."""
    config = uvicorn.Config(
        EmptyService(PostgresStore(url)),
        port=port,
        lifespan="off",
        access_log=False,
        log_level="error",
    )
    await uvicorn.Server(config).serve()


async def run_journeys(port: int) -> float:
    """Make everybody's calls; return journeys a second."""

    async def journey(client: Client, _: int) -> None:
        for path in JOURNEY:
            await (client.get(path, {}) if path == "/read" else client.post(path, {}, {}))

    return await throughput(range(PEOPLE), journey, [Client(port) for _ in range(CLIENTS)])


def measure_rounds(url: str, cluster: Cluster, count: int) -> Iterator[tuple[float, float]]:
    """Yield the part of an argon2 loop that is left, and the part of the CPU that hashes."""
    (port,) = free_ports(1)
    command = [sys.executable, "-m", "bench.empty_service", url, str(port)]
    with (
        subprocess.Popen(command) as process,
        asyncio.Runner(loop_factory=auto_loop_factory()) as runner,
    ):
        try:
            ServiceProcess(process, port).wait_until_ready()
            runner.run(run_journeys(port))
            pids = [process.pid, *postgres_pids(cluster)]
            before = argon2_per_second()
            for _ in range(count):
                used, hashed = cpu_seconds(pids), hashing_cpu_seconds(process.pid)
                rate = runner.run(run_journeys(port))
                used, hashed = (
                    cpu_seconds(pids) - used,
                    hashing_cpu_seconds(process.pid) - hashed,
                )
                after = argon2_per_second()
                yield rate * HASHES * 2 / (before + after), hashed / used
                before = after
        finally:
            process.terminate()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=auto_loop_factory()) as served:
        served.run(serve(sys.argv[1], int(sys.argv[2])))
