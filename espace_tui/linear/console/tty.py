"""The modes of the terminal, and the signals that need them: it is never left without echo.

Ctrl+Z, a kill or a hang-up leave the terminal as it was found; the modes of the conversation come
back when it goes on, however it was stopped. A terminal that was left raw (by a program that
crashed, or through a serial line) is put right for the time of the conversation: Enter is Enter,
Ctrl+C a signal, a letter keeps its accent and its case, and a line begins at the left.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import termios
from collections.abc import Callable
from contextlib import suppress
from typing import Any

UNALTERED = ~(termios.IGNCR | termios.INLCR | termios.ISTRIP | getattr(termios, "IUCLC", 0))
"""The modes of the input without those that change or drop characters."""
CTRL_C, NO_KEY = b"\x03", b"\x00"
Handler = Callable[[int, Any], Any] | int | None
INPUT_FLAGS, OUTPUT_FLAGS, LOCAL_FLAGS, CONTROL_CHARACTERS = 0, 1, 3, 6
"""Where `termios` keeps the modes of each side, the local ones and the control characters."""


class TtyModes:
    """The modes of a terminal, as they were found and as the conversation needs them."""

    def __init__(self, terminal: int) -> None:
        self._terminal = terminal
        self._original = termios.tcgetattr(terminal)
        self._needed = self._original

    def disable_echo(self, *, by_key: bool) -> None:
        """Echo nothing any more; send each key at once, or each line."""
        modes = self._usable()
        modes[LOCAL_FLAGS] &= ~termios.ECHO
        if by_key:
            modes[LOCAL_FLAGS] &= ~termios.ICANON
            modes[CONTROL_CHARACTERS][termios.VMIN] = 1
            modes[CONTROL_CHARACTERS][termios.VTIME] = 0
        self._need(modes)

    def enable_echo(self) -> None:
        """Let the terminal show what is typed, if it did, or if it was left raw."""
        modes = self._usable()
        if not self._original[LOCAL_FLAGS] & termios.ICANON:
            modes[LOCAL_FLAGS] |= termios.ECHO
        self._need(modes)

    def restore(self) -> None:
        """Put back the modes that were found."""
        self._set(self._original)

    def take_again(self) -> None:
        """Take the modes of the conversation again, after another program had the terminal."""
        self._set(self._needed)

    def stop_process(self) -> None:
        """Stop the process as Ctrl+Z asks, with the modes that were found meanwhile."""
        self.restore()
        handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, handler)

    def _usable(self) -> list[Any]:
        """Return the modes that were found, without what no conversation could be held with."""
        modes = [*self._original[:CONTROL_CHARACTERS], list(self._original[CONTROL_CHARACTERS])]
        modes[INPUT_FLAGS] = (modes[INPUT_FLAGS] | termios.ICRNL) & UNALTERED
        modes[LOCAL_FLAGS] |= termios.ISIG | termios.ICANON
        if modes[CONTROL_CHARACTERS][termios.VINTR] == NO_KEY:
            modes[CONTROL_CHARACTERS][termios.VINTR] = CTRL_C
        if not modes[OUTPUT_FLAGS] & termios.OPOST:
            modes[OUTPUT_FLAGS] |= termios.OPOST | termios.ONLCR
        return modes

    def _need(self, modes: list[Any]) -> None:
        self._needed = modes
        self._set(modes)

    def _set(self, modes: list[Any]) -> None:
        try:
            termios.tcsetattr(self._terminal, termios.TCSADRAIN, modes)
        except termios.error:  # the terminal is gone
            return


class SignalHandlers:
    """The signal handlers installed for the time of a conversation.

    A signal may reach another thread than the one that waits, or come just before it begins to:
    `wait_for_input` wakes up all the same, as the event loop does, and the handler runs.
    """

    def __init__(self, handlers: dict[int, Callable[[], object]]) -> None:
        self._handlers = handlers
        self._before: dict[int, Handler] = {}
        self._woken = self._wake = self._woke_before = -1
        self._loop: asyncio.AbstractEventLoop | None = None

    def install(self) -> None:
        """Put the handlers in place."""
        for number, handler in self._handlers.items():
            self._before[number] = signal.signal(number, lambda *_, call=handler: call())
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        os.set_blocking(self._woken, False)
        self._woke_before = signal.set_wakeup_fd(self._wake, warn_on_full_buffer=False)
        with suppress(RuntimeError):  # nobody waits for anything but lines
            self._loop = asyncio.get_running_loop()
            self._loop.add_reader(self._woken, self._drain)

    def restore(self) -> None:
        """Put back the handlers that were there before."""
        if self._before:
            signal.set_wakeup_fd(self._woke_before)
            if self._loop:
                self._loop.remove_reader(self._woken)
            os.close(self._woken)
            os.close(self._wake)
            self._woken = self._wake = -1
        for number, before in self._before.items():
            signal.signal(number, before)
        self._before = {}

    def wait_for_input(self, source: int, seconds: float | None = None) -> bool:
        """Wait until something can be read, while signals are handled; False after `seconds`."""
        watched = [source] if self._woken < 0 else [source, self._woken]
        while source not in (ready := select.select(watched, [], [], seconds)[0]):
            if not ready:
                return False
            self._drain()
        return True

    def _drain(self) -> None:
        with suppress(BlockingIOError):
            os.read(self._woken, 64)

    def forward(self, number: int) -> None:
        """Do what a signal did before."""
        before = self._before.get(number)
        if callable(before):
            before(number, None)
        else:
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)
