"""Real uvicorn on loopback: in a thread, or in a process of its own."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import uvicorn
from typing_extensions import override

from espace_tui.activation.rules import Rules
from espace_tui.service.options import ServiceOptions
from espace_tui.service.server import Server, serve

_PATIENCE = 20.0
_PROGRAM = """
import sys
from pathlib import Path, PosixPath, WindowsPath
from espace_tui.service.options import ServiceOptions
from espace_tui.service.server import run
run(ServiceOptions(**eval(sys.argv[1])))
"""


class PromptServer(Server):
    """A server that tells when it listens, and ends when told; its slow end is proved in processes.

    uvicorn looks ten times a second whether to end, then gives its connections a tenth of a second:
    hundreds of tests would wait for both.
    """

    up: Future[PromptServer]
    _told: Callable[[], object]

    @classmethod
    def of(cls, server: uvicorn.Server) -> PromptServer:
        """Make a server prompt, before it serves."""
        server.__class__ = cls
        assert isinstance(server, cls)
        server.up = Future()
        return server

    @override
    async def main_loop(self) -> None:
        told = asyncio.Event()
        self._told = partial(asyncio.get_running_loop().call_soon_threadsafe, told.set)
        await self.on_tick(0)
        self.up.set_result(self)
        await told.wait()

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for each in self.servers:
            each.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await asyncio.sleep(0)  # who had nothing to end is gone
        await self._wait_tasks_to_complete()

    @property
    def port(self) -> int:
        return int(self.servers[0].sockets[0].getsockname()[1])

    def stop(self) -> None:
        """End, from whatever thread."""
        self._told()


class _Thread:
    def __init__(self, options: ServiceOptions, rules: Rules | None) -> None:
        self._options = options
        self._rules = rules
        self._server: Future[PromptServer] = Future()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    async def _serve(self) -> None:
        await serve(self._options, self._rules, self._made)

    def _made(self, server: uvicorn.Server) -> None:
        self._server.set_result(PromptServer.of(server))

    def start(self) -> int:
        self._thread.start()
        return self._server.result(_PATIENCE).up.result(_PATIENCE).port

    def stop(self) -> None:
        if self._server.done():
            self._server.result().stop()
        self._thread.join(_PATIENCE)


@contextmanager
def in_thread(options: ServiceOptions, rules: Rules | None = None) -> Iterator[int]:
    """Serve in a thread; give the port."""
    thread = _Thread(options, rules)
    try:
        yield thread.start()
    finally:
        thread.stop()


@dataclass
class Process:
    """A service in a process of its own: what an operator runs."""

    options: ServiceOptions
    log: Path
    child: subprocess.Popen[bytes] | None = None

    @property
    def port(self) -> int:
        return self.options.port

    def start(self) -> None:
        """Start, and wait until it answers."""
        given = {name: getattr(self.options, name) for name in self.options.__dataclass_fields__}
        with self.log.open("ab") as log:
            self.child = subprocess.Popen([sys.executable, "-c", _PROGRAM, repr(given)], stderr=log)
        ends = time.monotonic() + _PATIENCE
        while not self._answers():
            assert time.monotonic() < ends, self.log.read_text()
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to stop, and wait for its end."""
        assert self.child
        self.child.send_signal(how)
        return self.child.wait(_PATIENCE)

    def _answers(self) -> bool:
        with socket.socket() as connection:
            return connection.connect_ex(("127.0.0.1", self.port)) == 0


@contextmanager
def in_process(options: ServiceOptions, log: Path) -> Iterator[Process]:
    """Serve in a process of its own."""
    process = Process(replace(options, port=free_port()), log)
    try:
        process.start()
        yield process
    finally:
        if process.child and process.child.poll() is None:
            process.stop(signal.SIGKILL)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])
