"""The process refuses to be watched; no variable makes it write; nothing is copied (S2–S4, S25)."""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from espace_tui.cli.process.hardening import HARMLESS, unset_debug_variables
from tests.cli.shell import Shell, invitation
from tests.cli.terminal import Terminal

SPIES = {
    "TEXTUAL": "debug,devtools",
    "TEXTUAL_DEBUG": "1",
    "TEXTUAL_LOG": "spy.log",
    "TEXTUAL_SCREENSHOT": "1",
    "TEXTUAL_SCREENSHOT_LOCATION": ".",
    "TEXTUAL_SCREENSHOT_FILENAME": "spy.svg",
    "TEXTUAL_DEVTOOLS_HOST": "127.0.0.1",
    "TEXTUAL_DEVTOOLS_PORT": "1",
    "TEXTUAL_PRESS": "f8",
    "TEXTUAL_SHOW_RETURN": "1",
    "TEXTUAL_DRIVER": "nowhere:Driver",
    "TEXTUAL_ALLOW_SIGNALS": "1",
    "SSLKEYLOGFILE": "secrets.log",
}
LOOK = """
import ctypes, json, os, resource
from espace_tui.cli.process import hardening
hardening.harden_process(os.environ)
print(json.dumps([
    ctypes.CDLL(None).prctl(3, 0, 0, 0, 0),
    resource.getrlimit(resource.RLIMIT_CORE),
    os.umask(0),
]))
"""


def test_debugging_variables_are_forgotten_and_harmless_ones_kept() -> None:
    variables = {**SPIES, **dict.fromkeys(HARMLESS, "1"), "HOME": "/home/a"}
    unset_debug_variables(variables)
    assert variables.keys() == {*HARMLESS, "HOME"}


def test_debugging_variables_have_no_effect(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "-m", "espace_tui", **SPIES)
    terminal.wait_for("Activer mon espace")
    terminal.send("\x1b[18~")  # F7: something happens
    terminal.send("\x1b[19~")
    terminal.wait_for("Entrée : 1")
    terminal.send(":quitter\n")
    terminal.wait_exit()
    assert terminal.files() == {}


def test_nothing_is_handed_to_the_clipboard_of_the_terminal(tmp_path: Path) -> None:
    """OSC 52: whatever is selected, by the keyboard or by the mouse, then copied or cut."""
    state = tmp_path / ".local" / "state" / "espace-tui"
    state.mkdir(parents=True, mode=0o700)
    (state / "choices.json").write_text('{"kept": [], "choices": {}}', "utf-8")  # not asked again
    terminal = Terminal(tmp_path, "-m", "espace_tui", "login")
    terminal.wait_for("Mot de passe")
    terminal.send("canari.identifiant\t")
    terminal.wait_for("canari")
    terminal.send("Canari-Secret7!")
    terminal.wait_for("•" * 15)
    terminal.send("\x1b[1;2H\x18")  # Shift+Home, Ctrl+X
    terminal.send("\x1b[<0;2;2M\x1b[<32;60;20M\x1b[<0;60;20m")  # from one corner to the other
    terminal.send("\x03")
    terminal.wait_for("[ Quitter ]")
    terminal.send("\t\r")
    terminal.wait_exit()
    assert b"\x1b]52" not in terminal.written
    assert b"Canari-Secret7!" not in terminal.written


def test_no_core_dump_no_debugger_no_loose_file() -> None:
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [0, [0, 0], 0o077]


@pytest.mark.parametrize(
    ("words", "shown", "answer"),
    [
        ([], "Activer mon espace", "En français"),
        (["demo", "--linear"], "Entrée : 1", "un numéro de 1"),
        (["check", "nir"], "rien ne s’affiche", "La lettre O"),
    ],
)
def test_nobody_may_look_into_it(words: list[str], shown: str, answer: str, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, str(Path(__file__).with_name("program_limits.py")), *words)
    terminal.wait_for(shown)
    terminal.send("\x1b[15~" if not words else "x\n")  # F5, or anything
    terminal.wait_for(answer)
    if words != ["check", "nir"]:  # it leaves by itself
        terminal.kill(signal.SIGTERM)
    terminal.wait_exit()
    assert (tmp_path / "dumpable").read_text("utf-8") == "0"


def test_the_running_assistant_leaves_no_core(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "-m", "espace_tui", "--linear")
    terminal.wait_for("Entrée : 1")
    limits = Path(f"/proc/{terminal.pid}/limits").read_text("utf-8")
    assert [line.split()[4:6] for line in limits.splitlines() if "core" in line] == [["0", "0"]]
    terminal.send(":quitter\n")
    terminal.wait_exit()


def test_what_is_written_is_for_its_owner_only(shell: Shell) -> None:
    assert shell.spawn(*invitation()).code == 0
    data = shell.home / ".local" / "share" / "espace-tui"
    for path in (data, *data.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path
