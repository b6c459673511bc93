"""Calling the command line: in this process, or in one of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from espace_tui.cli import run
from espace_tui.i18n import Texts
from tests.people import CAMILLE, invitation_options

PERSON = invitation_options(CAMILLE)


def invitation(**changes: str) -> list[str]:
    """The words that invite somebody; an empty value leaves the option out."""
    person = PERSON | {name.replace("_", "-"): value for name, value in changes.items()}
    return ["admin", "invite", *(f"--{name}={value}" for name, value in person.items() if value)]


@dataclass
class CommandResult:
    """What a call answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 — whatever it is
        return json.loads(self.out)


class Shell:
    """Someone's shell: a home of their own, where the command line is called."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.home = home
        self.environment = {"HOME": str(home), "TERM": "xterm-256color", "PATH": os.environ["PATH"]}
        self._capsys = capsys

    def call(self, *words: str, **variables: str) -> CommandResult:
        """Call it in this process."""
        self._capsys.readouterr()
        try:
            code = run(words, self.environment | variables, Texts())
        except SystemExit as left:
            code = int(left.code or 0)
        said = self._capsys.readouterr()
        return CommandResult(code, said.out, said.err)

    def spawn(self, *words: str, given: str = "", **variables: str) -> CommandResult:
        """Call it in a process of its own, without a terminal."""
        done = subprocess.run(
            [sys.executable, "-m", "espace_tui", *words],
            env={**self.environment, **coverage_variables(), **variables},
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        return CommandResult(done.returncode, done.stdout, done.stderr)

    def last_code(self) -> str:
        """The last provisional or one-time code that was delivered."""
        texts = [message["text"] for message in self.call("inbox", "--json").json]
        found = [re.search(r"^([0-9]{6}|[0-9A-Za-z]{12})$", text, re.MULTILINE) for text in texts]
        return [match[1] for match in found if match][-1]


def coverage_variables() -> dict[str, str]:
    """What a child process needs for its lines to be counted."""
    return {name: value for name, value in os.environ.items() if name.startswith("COV")}
