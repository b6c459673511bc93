"""A signal is noticed at once, even when nothing else happens; nothing else wakes the process.

Python runs a handler between two instructions of its main thread. A signal that arrives just before
the loop goes to sleep, or in another thread, would wait there for the next key: a window that
changed its size would not be drawn again. So each signal also writes a byte that the loop reads.
"""

from __future__ import annotations

import signal
import socket
import threading
from asyncio import AbstractEventLoop
from contextlib import suppress

from typing_extensions import override


class SelectableEvent(threading.Event):
    """An event for which a selector can wait, beside a terminal."""

    def __init__(self) -> None:
        super().__init__()
        self._read, self._write = socket.socketpair()
        self._read.settimeout(0)

    def fileno(self) -> int:
        """Return what becomes readable when the event is set."""
        return self._read.fileno()

    @override
    def set(self) -> None:
        super().set()
        self._write.send(b"\0")

    @override
    def clear(self) -> None:
        super().clear()
        with suppress(BlockingIOError):
            self._read.recv(64)


class WakeUp:
    """Wakes a loop at each signal, between `start` and `stop`."""

    def __init__(self, loop: AbstractEventLoop) -> None:
        self._waiting_loop = loop
        self._before: int | None = None
        self._woken, self._wake = socket.socketpair()
        self._woken.settimeout(0)
        self._wake.settimeout(0)

    def start(self) -> None:
        """Begin; once is enough."""
        if self._before is None:
            self._waiting_loop.add_reader(self._woken, self._woken.recv, 64)
            wake = self._wake.fileno()
            self._before = signal.set_wakeup_fd(wake, warn_on_full_buffer=False)

    def stop(self) -> None:
        """Leave signals as they were found."""
        if self._before is not None:
            signal.set_wakeup_fd(self._before)
            self._waiting_loop.remove_reader(self._woken)
            self._before = None
