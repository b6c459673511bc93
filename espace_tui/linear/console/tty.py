"""The modes of the terminal, and the signals that need them: it is never left without echo.

Ctrl+Z, a kill or a hang-up leave the terminal as it was found; after Ctrl+Z the modes of the
conversation come back.
"""

from __future__ import annotations

import os
import signal
import termios
from collections.abc import Callable
from typing import Any

TERMINATING = (signal.SIGTERM, signal.SIGHUP)
Handler = Callable[[int, Any], Any] | int | None
LOCAL_FLAGS, CONTROL_CHARACTERS = 3, 6
"""Where `termios` keeps the local modes and the control characters."""


class TtyModes:
    """The modes of a terminal, as they were found and as they are now."""

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal
        self._original = termios.tcgetattr(terminal)

    def disable_echo(self, *, by_key: bool) -> None:
        """Echo nothing any more; send each key at once, or each line."""
        modes = termios.tcgetattr(self._terminal)
        modes[LOCAL_FLAGS] &= ~termios.ECHO
        if by_key:
            modes[LOCAL_FLAGS] &= ~termios.ICANON
            modes[CONTROL_CHARACTERS][termios.VMIN] = 1
            modes[CONTROL_CHARACTERS][termios.VTIME] = 0
        self._set(modes)

    def enable_echo(self) -> None:
        """Let the terminal show what is typed."""
        modes = termios.tcgetattr(self._terminal)
        modes[LOCAL_FLAGS] |= termios.ECHO
        self._set(modes)

    def restore(self) -> None:
        """Put back the modes that were found."""
        self._set(self._original)

    def suspend(self) -> None:
        """Stop the process as Ctrl+Z asks, with the modes that were found meanwhile."""
        current = termios.tcgetattr(self._terminal)
        self.restore()
        handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, handler)
        self._set(current)

    def _set(self, modes: list[Any]) -> None:
        try:
            termios.tcsetattr(self._terminal, termios.TCSADRAIN, modes)
        except termios.error:  # the terminal is gone
            return


class SignalHandlers:
    """The signal handlers installed for the time of a conversation."""

    def __init__(self, handlers: dict[int, Callable[[], object]]) -> None:
        self._handlers = handlers
        self._before: dict[int, Handler] = {}

    def install(self) -> None:
        """Put the handlers in place."""
        for number, handler in self._handlers.items():
            self._before[number] = signal.signal(number, lambda *_, call=handler: call())

    def restore(self) -> None:
        """Put back the handlers that were there before."""
        for number, before in self._before.items():
            signal.signal(number, before)
        self._before = {}

    def forward(self, number: int) -> None:
        """Do what a signal did before."""
        before = self._before.get(number)
        if callable(before):
            before(number, None)
        else:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
