"""What ends the assistant from outside: SIGTERM, SIGHUP for a closed window, and others.

The full screen is cancelled, so that it restores the terminal; the linear face is left where it
waits. The backend then closes, and the exit code is 128 + the signal. Where that takes too long (a
terminal that is gone can block), a last resort restores the terminal by itself and leaves.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from espace_tui.cli import exit_codes
from espace_tui.local.ending_signals import ENDING_SIGNALS

if sys.platform != "win32":
    import termios

GRACE_SECONDS = 2.0
"""How long an orderly end may take, in seconds."""
_RESTORE = b"\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?7h\x1b[<u\x1b[?1049l\x1b[?25h"


class TerminationSignal:
    """The signal that ended the assistant, if one did."""

    def __init__(self, full_screen: Callable[[], bool]) -> None:
        self.number = 0
        self._full_screen = full_screen
        self._modes = _terminal_modes()

    @property
    def exit_code(self) -> int:
        """The exit code of a signal."""
        return exit_codes.SIGNALLED + self.number

    @contextmanager
    def handled(self) -> Iterator[None]:
        """End the present task on a signal."""
        loop, task = asyncio.get_running_loop(), asyncio.current_task()

        def end(number: int, _frame: object) -> None:
            self.number = number
            _call_later(GRACE_SECONDS, self._force_exit)
            if not self._full_screen() or task is None:
                raise SystemExit(self.exit_code)  # the linear face blocks the loop while it asks
            loop.call_soon_threadsafe(task.cancel)

        before = {number: signal.signal(number, end) for number in ENDING_SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _force_exit(self) -> None:
        """Put the modes back, then the screen as far as somebody reads, and leave."""
        if sys.platform != "win32" and self._modes is not None:
            with suppress(OSError, termios.error):
                termios.tcsetattr(0, termios.TCSANOW, self._modes)
        with suppress(OSError):
            if self._full_screen():
                _write_without_waiting(2, _RESTORE)
        os._exit(self.exit_code)


def _write_without_waiting(descriptor: int, data: bytes) -> None:
    """Write what the terminal takes at once: it may be full, and nobody there to read it."""
    os.set_blocking(descriptor, False)
    try:
        os.write(descriptor, data)
    finally:
        os.set_blocking(descriptor, True)  # the shell's terminal too


def _call_later(seconds: float, act: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()


def _terminal_modes() -> list[Any] | None:
    """Return the modes of the terminal as they are found."""
    if sys.platform == "win32" or not os.isatty(0):
        return None
    return termios.tcgetattr(0)
