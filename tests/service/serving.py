"""Real uvicorn on loopback: in a thread, or in a process of its own."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from espace_tui.service.options import ServiceOptions
from espace_tui.service.server import serve

_PATIENCE = 10.0


class _Thread:
    def __init__(self, options: ServiceOptions) -> None:
        self._options = options
        self._server: uvicorn.Server | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    async def _serve(self) -> None:
        await serve(self._options, self._made)

    def _made(self, server: uvicorn.Server) -> None:
        self._server = server

    def start(self) -> int:
        self._thread.start()
        ends = time.monotonic() + _PATIENCE
        while time.monotonic() < ends:
            if self._server and self._server.started:
                return int(self._server.servers[0].sockets[0].getsockname()[1])
            time.sleep(0.005)
        raise TimeoutError

    def stop(self) -> None:
        if self._server:
            self._server.should_exit = True
        self._thread.join(_PATIENCE)


@contextmanager
def in_thread(options: ServiceOptions) -> Iterator[int]:
    """Serve in a thread; give the port."""
    thread = _Thread(options)
    try:
        yield thread.start()
    finally:
        thread.stop()
