"""A person in front of a real pseudo-terminal: what they type, what the terminal received."""

from __future__ import annotations

import os
import re
import sys
import termios
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Self

import pexpect

PROGRAM = (sys.executable, "-m", "espace_tui")
DUMB = {"TERM": "dumb"}
RICH = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}


def environment(home: Path, more: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a newcomer whose home is a throw-away folder."""
    passed = ("PATH", "COVERAGE")
    kept = {name: value for name, value in os.environ.items() if name.startswith(passed)}
    return {**kept, "HOME": str(home), "LANG": "C.UTF-8", **more}


class TerminalSession:
    """One session; `heard` is every character that the terminal received."""

    TIMEOUT = pexpect.TIMEOUT

    def __init__(
        self,
        home: Path,
        terminal: Mapping[str, str],
        command: Sequence[str],
        size: int = 24,
        columns: int = 80,
    ) -> None:
        self.output = StringIO(newline="")
        self.child = pexpect.spawn(
            command[0],
            list(command[1:]),
            env=environment(home, terminal),
            dimensions=(size, columns),
            encoding="utf-8",
            timeout=10,
        )
        self.child.logfile_read = self.output
        self.child.delaybeforesend = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.child.close(force=True)

    def expect(self, words: str) -> None:
        """Wait for words, wherever the lines are cut."""
        pattern = r"\s+".join(map(re.escape, words.split()))
        self.child.expect(pattern)

    def send(self, keys: str) -> None:
        """Type keys, without Enter."""
        self.child.send(keys)

    def answer(self, prompt: str, line: str) -> None:
        """Answer a prompt."""
        self.expect(prompt)
        self.send(line + "\r")

    def code_after(self, words: str, pattern: str) -> str:
        """Return the last code that was read out after some words."""
        found = re.findall(words + r"\s+" + pattern, self.output.getvalue())
        return str(found[-1])

    @property
    def echoes(self) -> bool:
        """Whether the terminal shows what is typed."""
        return bool(termios.tcgetattr(self.child.child_fd)[3] & termios.ECHO)

    def wait_for_exit(self) -> int:
        """Wait for the end; return the exit code, or minus the signal."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        status: int | None = self.child.exitstatus
        return -int(self.child.signalstatus or 0) if status is None else status

    @property
    def lines(self) -> str:
        """What was heard, with the line ends of a pipe."""
        return self.output.getvalue().replace("\r\n", "\n")
