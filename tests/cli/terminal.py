"""The command line in a real pseudo-terminal: what it writes, how it leaves, what it leaves."""

from __future__ import annotations

import os
import re
import sys
import termios
import time
from pathlib import Path
from typing import Any

import pexpect
import pyte

from tests.cli.shell import coverage_variables

HOUSE = Path(__file__).parents[2]
PATIENCE = 20
SWITCH = re.compile(rb"\x1b\[\?1049[hl]")
UNKNOWN = re.compile(rb"\x1b\[[<>][0-9]*u|\x1b\[\?[0-9]+\$p")
"""What pyte does not know: kitty's keyboard protocol, and queries."""
ALTERNATE, NORMAL = b"\x1b[?1049h", b"\x1b[?1049l"


class Terminal:
    """One run in a terminal of its own."""

    def __init__(self, home: Path, *command: str, **variables: str) -> None:
        self.home = home
        self.written = b""
        self._emulated = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._emulated)
        self._child: Any = pexpect.spawn(
            sys.executable,
            list(command),
            dimensions=(24, 80),
            cwd=str(home),
            env={
                "HOME": str(home),
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(HOUSE),
                "TERM": "xterm-256color",
                **coverage_variables(),
                **variables,
            },
        )
        self.pid: int = self._child.pid
        self.modes = termios.tcgetattr(self._child.fileno())

    def send(self, keys: str | bytes) -> None:
        """Type."""
        self._child.send(keys)

    def wait_for(self, words: str, line: int | None = None) -> None:
        """Wait until these words are on the screen, or on one of its lines."""
        deadline = time.monotonic() + PATIENCE
        while words not in (self.screen if line is None else self.screen.split("\n")[line]):
            assert time.monotonic() < deadline, f"{words!r} never came:\n{self.screen}"
            assert self._read(), f"it left before {words!r}:\n{self.screen}"

    def wait_exit(self) -> int:
        """Wait until it has left; return its exit code (negative: the signal that killed it)."""
        deadline = time.monotonic() + PATIENCE
        while self._read():
            assert time.monotonic() < deadline, f"it is still there:\n{self.screen}"
        modes = termios.tcgetattr(self._child.fileno())
        self._child.close()
        assert modes[:4] == self.modes[:4], "the terminal is not as it was found"
        return int(
            self._child.exitstatus
            if self._child.exitstatus is not None
            else -self._child.signalstatus
        )

    def exit_unread(self, within: float) -> int:
        """Wait for the end while nobody reads what is written; return the exit code."""
        deadline = time.monotonic() + within
        while (ended := os.waitpid(self.pid, os.WNOHANG))[0] == 0:
            assert time.monotonic() < deadline, "it waits for somebody to read"
            time.sleep(0.02)
        self._child.terminated = True
        return os.waitstatus_to_exitcode(ended[1])

    def hang_up(self) -> int:
        """Close the window; return the exit code."""
        self._child.ptyproc.fileobj.close()
        self._child.closed = self._child.ptyproc.closed = True
        return self.exit_unread(PATIENCE)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        self._emulated.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def lose_size(self) -> None:
        """Be a terminal that does not know its size: a serial line."""
        self._child.setwinsize(0, 0)

    def kill(self, number: int) -> None:
        """Send a signal."""
        os.kill(self.pid, number)

    @property
    def screen(self) -> str:
        """What stands on the screen."""
        return "\n".join(self._emulated.display)

    @property
    def output_after(self) -> str:
        """What was written once the alternate screen was left, or everything without one."""
        _, _, rest = self.written.rpartition(NORMAL)
        return (rest if NORMAL in self.written else self.written).decode(errors="replace")

    def files(self) -> dict[str, bytes]:
        """Every file of the home, but the local inbox."""
        return {
            str(path.relative_to(self.home)): path.read_bytes()
            for path in self.home.rglob("*")
            if path.is_file() and "inbox" not in path.parts
        }

    def _read(self) -> bool:
        try:
            data: bytes = self._child.read_nonblocking(65536, 0.1)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.written += data
        for number, part in enumerate(SWITCH.split(data)):
            if number:  # pyte has one screen only
                self._emulated.reset()
            self._stream.feed(UNKNOWN.sub(b"", part))
        return True
