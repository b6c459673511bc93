"""What would keep traces on a computer is refused or warned about, in words, with what to do."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest

from espace_tui.counter.computer import Risk, unsafe
from tests.cli.shell import Shell
from tests.cli.terminal import HOUSE, Terminal

CHECK = ("-m", "espace_tui", "counter", "check")
PATIENCE = 30.0


class Tmux:
    """A server of tmux of its own, with one session where the computer is checked."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._socket = str(home / "tmux")
        self._tmux("-f", os.devnull, "new-session", "-d", "-s", "one", "-x", "80", "-y", "24")

    def _tmux(self, *words: str) -> str:
        command = ["tmux", "-S", self._socket, *words]
        environment = {**os.environ, "HOME": str(self.home), "LANG": "C.UTF-8"}
        return subprocess.run(
            command, check=True, env=environment, capture_output=True, text=True
        ).stdout

    def check(self) -> str:
        """Check the computer in the session; return what was said, then the exit code."""
        words = shlex.join([sys.executable, *CHECK])
        line = f"clear; PYTHONPATH={HOUSE} HOME={self.home} {words}; echo code=$?."
        self._tmux("send-keys", "-R", "-t", "one")  # what was said before is no answer
        self._tmux("send-keys", "-t", "one", line, "Enter")
        deadline = time.monotonic() + PATIENCE
        while "code=" not in (shown := self._tmux("capture-pane", "-p", "-J", "-t", "one")) or (
            "echo code" in shown
        ):
            assert time.monotonic() < deadline, f"the check said nothing:\n{shown}"
            time.sleep(0.05)
        return " ".join(shown.split())

    def run(self, *words: str) -> None:
        """Run a command of tmux."""
        self._tmux(*words)

    def client(self, home: Path) -> Terminal:
        """Attach a client in a terminal of its own."""
        attach = f"import os; os.execvp('tmux', ['tmux', '-S', {self._socket!r}, 'attach'])"
        return Terminal(home, "-c", attach)


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    """A server that ends with the test."""
    server = Tmux(tmp_path)
    yield server
    server.run("kill-server")


def codes(risks: tuple[Risk, ...]) -> list[str]:
    """Return the codes of what was found in the environment or in a folder."""
    return [risk.code for risk in risks if risk.code not in {"no-terminal", "swap"}]


@pytest.mark.parametrize(
    ("variables", "code", "refused"),
    [
        ({"TERM": "dumb"}, "dumb", True),
        ({"TERM": ""}, "dumb", True),
        ({"INSIDE_EMACS": "29.1"}, "dumb", True),
        ({"STY": "1.screen"}, "screen", True),
        ({"ASCIINEMA_REC": "1"}, "recorded", True),
        ({"TERM_PROGRAM": "vscode"}, "restored", False),
        ({"WT_SESSION": "x"}, "restored", False),
        ({}, "", False),
    ],
)
def test_a_terminal_that_keeps_traces_is_known_by_its_environment(
    variables: dict[str, str], code: str, *, refused: bool, tmp_path: Path
) -> None:
    risks = unsafe({"TERM": "xterm"} | variables, tmp_path / "state")
    assert codes(risks) == ([code] if code else [])
    assert all(risk.refused is refused for risk in risks if risk.code == code)


def test_a_folder_that_others_may_read_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (risk,) = (each for each in unsafe({"TERM": "xterm"}, tmp_path) if each.code == "loose")
    assert (risk.refused, risk.how) == (True, str(tmp_path))


@pytest.mark.parametrize(
    ("set_", "refused"),
    [
        ({}, False),
        ({"ESPACE_BACKEND": "embedded"}, True),
        ({"ESPACE_COUNTER_SCREENS": "official here"}, True),
        ({"ESPACE_COUNTER_SCREENS": "official"}, False),
        ({"ESPACE_BACKEND": "http", "ESPACE_COUNTER_SCREENS": "here"}, False),
    ],
)
def test_a_service_that_keeps_accounts_here_is_refused_when_it_is_asked_for(
    set_: dict[str, str], *, refused: bool, shell: Shell
) -> None:
    result = shell.spawn("counter", "start", **set_)
    assert result.code == 2
    assert ("garderait un compte" in result.err) is refused
    exercise = shell.spawn("counter", "start", "--exercise", **set_)
    assert "garderait un compte" not in exercise.err


@pytest.mark.skipif(not which("script"), reason="script is not installed")
def test_a_terminal_that_a_program_records_is_refused(tmp_path: Path) -> None:
    words = shlex.join([sys.executable, *CHECK])
    record = f"import os; os.execvp('script', ['script', '-qec', {words!r}, 'typescript'])"
    terminal = Terminal(tmp_path, "-c", record)
    assert terminal.wait_exit() == 2
    assert "enregistré (script)" in " ".join(terminal.screen.split())


@pytest.mark.skipif(not which("screen"), reason="screen is not installed")
@pytest.mark.parametrize("told", ["", "env -u STY "])
def test_inside_gnu_screen_no_counter_is_opened(told: str, tmp_path: Path) -> None:
    """Whether it says so or not, as where `sudo` gives nothing of the environment."""
    sockets = tmp_path / "sockets"
    sockets.mkdir(mode=0o700)
    counter = shlex.join([sys.executable, "-m", "espace_tui", "demo", "--counter"])
    line = f"{told}{counter} 2>&1; echo code=$?.; read end"
    words = ["screen", "-c", os.devnull, "-m", "sh", "-c", line]
    screen = f"import os; os.execvp('screen', {words!r})"
    terminal = Terminal(tmp_path, "-c", screen, SCREENDIR=str(sockets))
    terminal.wait_for("code=2.")
    assert "GNU screen garde ce qui" in " ".join(terminal.screen.split())
    terminal.send("\r")
    terminal.wait_exit()


def test_in_tmux_a_pane_that_is_copied_or_watched_is_refused(tmux: Tmux, tmp_path: Path) -> None:
    assert "code=0." in tmux.check()
    tmux.run("pipe-pane", "-t", "one", f"cat >{tmp_path}/copied")
    copied = tmux.check()
    assert "enregistré (tmux pipe-pane)" in copied
    assert "Arrêtez l’enregistrement" in copied
    assert "code=2." in copied
    tmux.run("pipe-pane", "-t", "one")
    clients = [tmux.client(tmp_path) for _ in range(2)]
    for client in clients:
        client.wait_for("[one]")
    watched = tmux.check()
    assert "un autre écran montre ce terminal" in watched
    assert "detach-client" in watched
    for client in clients:
        client.send("\x02d")
        client.wait_exit()
