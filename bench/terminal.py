"""A program on a real pseudo-terminal: how soon it shows, answers a key, and what it writes."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import pyte

ANSWERS = {b"\x1b[c": b"\x1b[?62;c", b"\x1b[6n": b"\x1b[1;1R", b"\x1b[?2026$p": b"\x1b[?2026;2$y"}
KEY_SECONDS = 5
"""Seconds after which a key that shows nothing is taken as unanswered."""
NOT_EMULATED = (b"\x1b[>1u", b"\x1b[<u")


def as_installed(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment where Python keeps what it compiles, as on a person's computer.

    Elsewhere the installer has compiled the libraries, and the product alone, installed in place,
    would be compiled at each start.
    """
    return {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Terminal:
    """A child process and the screen it draws."""

    def __init__(
        self, command: Sequence[str], size: tuple[int, int], env: Mapping[str, str]
    ) -> None:
        columns, rows = size
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self._spawned = self.read_at = time.perf_counter()
        """When the last of what it shows was read: drawing it here takes longer than reading it."""
        self._child, self._fd = pty.fork()
        if not self._child:
            os.execvpe(command[0], list(command), {**as_installed(os.environ), **env})
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for sign in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.kill(self._child, sign)
            except ProcessLookupError:
                break
            if self._ended(2):
                break
        os.close(self._fd)

    def _ended(self, seconds: float) -> bool:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            if os.waitpid(self._child, os.WNOHANG)[0]:
                return True
            self.read(0.02)
        return False

    def read(self, seconds: float) -> bool:
        """Read what comes within some seconds; False when nothing did."""
        if not select.select([self._fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError:
            return False
        self.read_at = time.perf_counter()
        self.raw += data
        for asked, answer in ANSWERS.items():
            if asked in data:
                os.write(self._fd, answer)
        for word in NOT_EMULATED:
            data = data.replace(word, b"")
        self._stream.feed(data)
        return True

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(self.screen.display)

    def wait_for(self, words: str, seconds: float = 20) -> float:
        """Wait for words; return the seconds since the program was started."""
        end = time.perf_counter() + seconds
        while words not in self.text:
            if time.perf_counter() > end:
                raise TimeoutError(f"{words!r} did not come:\n{self.text}")
            self.read(0.2)
        return time.perf_counter() - self._spawned

    def wait_until_quiet(self, quiet: float = 0.3) -> None:
        """Wait until nothing has been written for a while."""
        end = time.perf_counter() + 10
        while time.perf_counter() < end and self.read(quiet):
            pass

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._fd, keys.encode())

    def seconds_to_answer(self, key: str) -> float:
        """Type a key; return the seconds until the screen changed."""
        before, started = self.text, time.perf_counter()
        self.press(key)
        while self.text == before and time.perf_counter() - started < KEY_SECONDS:
            self.read(0.5)
        return time.perf_counter() - started

    def bytes_while_idle(self, seconds: float) -> int:
        """Return how many bytes are written while nothing is done."""
        before, end = len(self.raw), time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.read(0.2)
        return len(self.raw) - before

    def peak_memory(self) -> float:
        """Return the most memory the program has used, in MB."""
        return self._memory("VmHWM")

    def resident_memory(self) -> float:
        """Return the memory the program uses, in MB."""
        return self._memory("VmRSS")

    def _memory(self, name: str) -> float:
        status = Path(f"/proc/{self._child}/status").read_text("utf-8").splitlines()
        return int(next(line for line in status if line.startswith(name)).split()[1]) / 1024
