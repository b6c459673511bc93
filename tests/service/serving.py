"""Real uvicorn on loopback: in a thread, or in a process of its own."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import uvicorn

from espace_tui.activation.rules import Rules
from espace_tui.service.options import ServiceOptions
from espace_tui.service.server import serve

_PATIENCE = 20.0
_PROGRAM = """
import sys
from pathlib import Path, PosixPath, WindowsPath
from espace_tui.service.options import ServiceOptions
from espace_tui.service.server import run
run(ServiceOptions(**eval(sys.argv[1])))
"""


class _Thread:
    def __init__(self, options: ServiceOptions, rules: Rules | None) -> None:
        self._options = options
        self._rules = rules
        self._server: uvicorn.Server | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()))

    async def _serve(self) -> None:
        await serve(self._options, self._rules, self._made)

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
