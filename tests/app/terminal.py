"""A real pseudo-terminal with a program in it, and what its screen shows."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyte
from typing_extensions import override

PATIENCE = 30
KEYS: Mapping[str, bytes] = {
    "tab": b"\t",
    "enter": b"\r",
    "escape": b"\x1b",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "f1": b"\x1bOP",
    "f2": b"\x1bOQ",
    "f4": b"\x1bOS",
    "f6": b"\x1b[17~",
    "f9": b"\x1b[20~",
    "f10": b"\x1b[21~",
    "ctrl+c": b"\x03",
    "ctrl+l": b"\x0c",
    "ctrl+z": b"\x1a",
}
PROMPT = b"ready> "
"""What the shell says, where there is one."""
ANSWERS = {
    b"\x1b[c": b"\x1b[?62;c",
    b"\x1b[6n": b"\x1b[1;1R",
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",
}


class RealTerminal:
    """A child process on a pseudo-terminal, with every byte that it wrote."""

    def __init__(self, pid: int, fd: int, columns: int, rows: int) -> None:
        self.pid = pid
        self.fd = fd
        self.raw = bytearray()
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)

    def pump(self, timeout: float = 0.3) -> bool:
        """Read what is there; return whether there was anything."""
        if not select.select([self.fd], [], [], timeout)[0]:
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.raw += data
        for question, answer in ANSWERS.items():
            if question in data:
                os.write(self.fd, answer)
        self._stream.feed(data.replace(b"\x1b[>25u", b"").replace(b"\x1b[<u", b""))
        return bool(data)

    def until(self, so: Callable[[], bool]) -> None:
        """Wait until something is so, or the program has ended."""
        end = time.monotonic() + PATIENCE
        while not so() and b"ended: " not in self.raw:
            assert time.monotonic() < end, self
            self.pump()

    def press(self, *keys: str) -> None:
        """Press keys one after another, each when all that the one before asked is drawn."""
        for key in keys:
            said = len(self.raw)
            self.send(KEYS.get(key, key.encode()))
            self.wait_for(key if key in KEYS else key[-1], said)

    def is_silent(self, seconds: float) -> bool:
        """Return whether nothing is written for so long, sooner or later."""
        end = time.monotonic() + PATIENCE
        while self.pump(seconds):
            if time.monotonic() > end:
                return False
        return True

    def wakes(self, seconds: float) -> int:
        """Return how many times a thread of the program wakes by itself within so long."""
        before = self._waits()
        time.sleep(seconds)
        return self._waits() - before

    def _waits(self) -> int:
        status = "\n".join(
            path.read_text("utf-8") for path in Path(f"/proc/{self.pid}/task").glob("*/status")
        )
        return sum(map(int, re.findall(r"\nvoluntary_ctxt_switches:\t(\d+)", status)))

    def wait_for(self, done: str, since: int = 0) -> None:
        """Wait until the program reports that something was handled (`tests.app.program`)."""
        self.until(lambda: f"\x1b]9;done {done}\a".encode() in self.raw[since:])

    def send(self, data: bytes) -> None:
        """Send bytes at once."""
        view = memoryview(data)
        while view:
            view = view[os.write(self.fd, view[:2048]) :]
            self.pump(0)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        said = len(self.raw)
        self.screen.resize(rows, columns)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.wait_for(f"{columns}x{rows}", said)

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(self.screen.display)

    @property
    def line(self) -> str:
        """The line the cursor is on."""
        return self.screen.display[self.screen.cursor.y]

    @override
    def __str__(self) -> str:
        cursor = self.screen.cursor
        return f"{self.text}\ncursor {cursor.x},{cursor.y}"


@contextmanager
def open_terminal(
    scene: str,
    size: tuple[int, int] = (80, 24),
    theme: str = "dark",
    *,
    shell: bool = False,
    **variables: str,
) -> Iterator[RealTerminal]:
    """Run the app at a scene; or a shell, to which the command that does is then typed."""
    pid, fd = pty.fork()
    if pid == 0:
        environment = {**os.environ, "TERM": "xterm-256color", "THEME": theme, **variables}
        for size_of_another in ("COLUMNS", "LINES"):
            environment.pop(size_of_another, None)
        argv = [sys.executable, "-m", "tests.app.program", scene]
        if shell:
            environment |= {"PS1": PROMPT.decode(), "COMMAND": " ".join(argv)}
            argv = ["bash", "--norc", "--noprofile", "-i"]
        os.execvpe(argv[0], argv, environment)
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
    child = RealTerminal(pid, fd, *size)
    try:
        if shell:
            child.until(lambda: PROMPT in child.raw)
            child.send(b"$COMMAND\n")
        child.wait_for("start")
        yield child
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(fd)
