"""A process for each person, which ends with them: started, watched without a look at what is said.

The process has the connection; its parent keeps a second hold of it, only to notice that the other
side is gone, and ends what has not ended by itself. Every end is the same end: the process and what
it started are killed, its folder removed, its place free.
"""

from __future__ import annotations

import asyncio
import os
import select
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from espace_tui.kiosk import FOLDER

END_SECONDS = 1.0
"""How long a process may live once the other side is gone."""
_WATCH_SECONDS = 0.5
_ROOM_SECONDS = END_SECONDS + _WATCH_SECONDS
"""How long a newcomer waits for a place."""
_GONE = select.POLLRDHUP | select.POLLHUP | select.POLLERR


class Visits:
    """The people who are served now, `most` at a time."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], most: int) -> None:
        """`command` starts the process of a person; the language and two descriptors follow."""
        self._command = list(command)
        self._environment = dict(environment)
        self._places = asyncio.Semaphore(most)
        self._all: set[asyncio.Task[None]] = set()

    def begin(
        self,
        connection: socket.socket,
        language: str,
        refuse: Callable[[socket.socket], object],
    ) -> None:
        """Serve one person over a connection, or `refuse` when no place becomes free soon."""
        task = asyncio.get_running_loop().create_task(self._place(connection, language, refuse))
        self._all.add(task)
        task.add_done_callback(self._all.discard)

    async def end_all(self) -> None:
        """End every process."""
        for task in self._all:
            task.cancel()
        await asyncio.gather(*self._all, return_exceptions=True)

    async def _place(
        self,
        connection: socket.socket,
        language: str,
        refuse: Callable[[socket.socket], object],
    ) -> None:
        """Wait for a place as long as somebody who has just left may take to be gone."""
        with connection:
            try:
                await asyncio.wait_for(self._places.acquire(), _ROOM_SECONDS)
            except TimeoutError:
                refuse(connection)
                return
            try:
                await self._serve(connection, language)
            finally:
                self._places.release()

    async def _serve(self, connection: socket.socket, language: str) -> None:
        folder = tempfile.mkdtemp(prefix=FOLDER)
        reading, writing = os.pipe()  # its end is ours: a process without a parent ends
        words = [*self._command, "--lang", language, "--visit", f"{connection.fileno()},{reading}"]
        try:
            process = await asyncio.create_subprocess_exec(
                *words,
                env={**self._environment, "TMPDIR": folder},
                pass_fds=(connection.fileno(), reading),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.DEVNULL,
                start_new_session=True,
            )
            try:
                await _until_over(process, connection)
            finally:
                _kill(process)
                await process.wait()
        finally:
            os.close(reading)
            os.close(writing)
            shutil.rmtree(folder, ignore_errors=True)


async def _until_over(process: asyncio.subprocess.Process, connection: socket.socket) -> None:
    """Wait until a process has ended, or should have: nobody is there, or it stands still."""
    watched = select.poll()
    watched.register(connection, _GONE)
    ended = asyncio.ensure_future(process.wait())
    try:
        while not (ended.done() or watched.poll(0) or _is_stopped(process.pid)):
            await asyncio.wait({ended}, timeout=_WATCH_SECONDS)
        await asyncio.wait({ended}, timeout=END_SECONDS)
    finally:
        ended.cancel()


def _is_stopped(pid: int) -> bool:
    """Tell whether a process was stopped from outside: nobody would resume it."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0] == b"T"
    return False


def _kill(process: asyncio.subprocess.Process) -> None:
    """Kill a process and what it started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
