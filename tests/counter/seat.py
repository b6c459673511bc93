"""A seat at a counter, in a real tmux: what the next person would find there is looked for."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.cli.shell import coverage_variables
from tests.cli.terminal import HOUSE
from tests.counter.counter_terminal import FACES, files_under, memory_of

PATIENCE = 30.0


class Seat:
    """A counter in a session of a tmux of its own."""

    def __init__(self, home: Path, face: str, *, faults: str = "") -> None:
        """`faults` is a folder of what Python reads before anything of ours."""
        self.home = home
        self.linear = face == "linear"
        self._socket = str(home / "tmux")
        folder = home / "temporary"
        folder.mkdir(exist_ok=True)
        variables = {
            "HOME": str(home),
            "TMPDIR": str(folder),
            "PYTHONPATH": os.pathsep.join(filter(None, (faults, str(HOUSE)))),
            "ESPACE_PAGING": "no",
            **coverage_variables(),
        }
        words = [sys.executable, "-m", "espace_tui", "demo", "--counter", *FACES[face]]
        command = shlex.join(["env", *(f"{k}={v}" for k, v in variables.items()), *words])
        size = ("-x", "80", "-y", "24")
        self._tmux("-f", os.devnull, "new-session", "-d", "-s", "one", *size, command)
        self.pid = int(self._tmux("list-panes", "-t", "one", "-F", "#{pane_pid}"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._tmux("kill-server")

    def _tmux(self, *words: str) -> str:
        command = ["tmux", "-S", self._socket, *words]
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm-256color"}
        done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
        return done.stdout

    def send(self, keys: str) -> None:
        """Type."""
        self._tmux("send-keys", "-t", "one", "-H", *(f"{byte:x}" for byte in keys.encode()))

    @property
    def screen(self) -> str:
        """What stands on the screen."""
        return self._tmux("capture-pane", "-p", "-t", "one")

    def wait_for(self, words: str) -> None:
        """Wait until these words are on the screen, however it breaks its lines."""
        deadline = time.monotonic() + PATIENCE
        while words not in " ".join((shown := self.screen).split()):
            assert time.monotonic() < deadline, f"{words!r} never came:\n{shown}"
            time.sleep(0.03)

    def everything(self) -> str:
        """Return all that can be read again: both screens, and what is above."""
        joined = ("capture-pane", "-p", "-J", "-t", "one")
        return self._tmux(*joined, "-S", "-", "-E", "-") + self._tmux(*joined, "-a", "-q")

    def left(self) -> bytes:
        """Return all that is left anywhere: the terminal, the parent, files, every process."""
        processes = b""
        for path in Path("/proc").glob("[0-9]*"):
            for name in ("cmdline", "environ"):
                try:
                    processes += (path / name).read_bytes()
                except OSError:
                    continue
        shown = "".join(self.everything().split()).encode()
        return shown + memory_of(self.pid) + files_under(self.home) + processes
