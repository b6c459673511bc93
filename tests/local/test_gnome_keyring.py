"""A real gnome-keyring, in the states a computer may be in: the assistant goes on in each (S26)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

HOUSE = Path(__file__).parents[2]
IDENTIFIER = "canari.identifiant"
PASSWORD = "Canari-Secret7!"
NEEDED = ("dbus-run-session", "gnome-keyring-daemon")
GENERIC = "org.freedesktop.Secret.Generic"
OPEN = "printf pass | gnome-keyring-daemon --unlock --components=secrets >/dev/null"

needs_keyring = pytest.mark.skipif(
    not all(map(shutil.which, NEEDED)),
    reason="gnome-keyring and dbus are not on this machine (Debian packages of these names)",
)


def environment(home: Path, **variables: str) -> dict[str, str]:
    (home / "run").mkdir(mode=0o700)
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(HOUSE),
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "XDG_DATA_HOME": str(home / "data"),
        "IDENTIFIER": IDENTIFIER,
        "PASSWORD": PASSWORD,
        **{name: value for name, value in os.environ.items() if name.startswith("COV")},
        **variables,
    }


def visit(home: Path, *words: str, before: str = OPEN, **variables: str) -> list[Any]:
    """Do some acts in a session of their own; return what each gave, or the code it failed with."""
    client = [sys.executable, str(Path(__file__).with_name("keyring_client.py")), *words]
    script = f'{before}; exec "$@"'
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", script, "sh", *client],
        env=environment(home, **variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert PASSWORD not in done.stderr
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@needs_keyring
def test_open_it_keeps_gives_back_and_forgets(tmp_path: Path) -> None:
    words = ("name", "load", "save", "load", "forget", "load", "forget")
    assert visit(tmp_path, *words) == [
        *("Secret Service", None, None, [IDENTIFIER, PASSWORD]),
        *(True, None, False),
    ]


@needs_keyring
def test_nothing_personal_shows_on_it(tmp_path: Path) -> None:
    ((label, attributes),) = visit(tmp_path, "save", "look")[1]
    assert IDENTIFIER not in f"{label} {attributes}"
    assert set(attributes.values()) <= {"espace-tui", "Python keyring library", GENERIC}


@needs_keyring
def test_keeping_again_replaces(tmp_path: Path) -> None:
    assert len(visit(tmp_path, "save", "save", "look")[2]) == 1


@needs_keyring
def test_locked_it_says_so(tmp_path: Path) -> None:
    answers = visit(tmp_path, "save", "lock", "load", "save", "forget")
    assert answers[2:] == ["keyring-locked"] * 3


@needs_keyring
def test_hung_it_is_left_after_the_deadline(tmp_path: Path) -> None:
    began = time.monotonic()
    assert visit(tmp_path, "stop", "load", DEADLINE="0.5") == [None, "keyring-hung"]
    assert time.monotonic() - began < 8


@needs_keyring
def test_killed_it_is_refused_or_started_again_without_harm(tmp_path: Path) -> None:
    killed = visit(tmp_path, "save", "kill", "load")[2]
    assert killed in (None, [IDENTIFIER, PASSWORD], "keyring-locked", "keyring-absent")


@needs_keyring
def test_absent_it_says_so(tmp_path: Path) -> None:
    nowhere = "DBUS_SESSION_BUS_ADDRESS=unix:path=/nowhere; export DBUS_SESSION_BUS_ADDRESS"
    words = ("name", "load", "save", "forget")
    assert visit(tmp_path, *words, before=nowhere) == ["keyring-absent"] * 4


@needs_keyring
@pytest.mark.parametrize(
    ("chosen", "code"),
    [("keyring.backends.null.Keyring", "keyring-absent"), ("plain.Text", "keyring-unsafe")],
)
def test_another_keyring_is_not_used(chosen: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "plain.py").write_text(
        "from keyring.backend import KeyringBackend\n"
        "class Text(KeyringBackend):\n"
        "    priority = 9\n"
        "    def set_password(self, *given): open('/nowhere/leak', 'w')\n"
        "    def get_password(self, *given): open('/nowhere/leak', 'w')\n"
        "    def delete_password(self, *given): open('/nowhere/leak', 'w')\n",
        encoding="utf-8",
    )
    path = f"{HOUSE}{os.pathsep}{tmp_path}"
    answers = visit(tmp_path, "save", "load", PYTHON_KEYRING_BACKEND=chosen, PYTHONPATH=path)
    assert answers == [code, code]


@needs_keyring
def test_the_command_line_tells_and_forgets(tmp_path: Path) -> None:
    def said(*words: str, keep: bool = False) -> str:
        command = [sys.executable, "-m", "espace_tui", "--lang", "en", "keyring", *words]
        client = f"{sys.executable} {Path(__file__).with_name('keyring_client.py')} save"
        script = f'{OPEN}; {client if keep else ":"}; exec "$@"'
        home = tmp_path / f"{words[0]}{keep}"
        home.mkdir()
        done = subprocess.run(
            ["dbus-run-session", "--", "sh", "-c", script, "sh", *command],
            env=environment(home),
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.removeprefix("null\n")

    assert said("status") == "Keyring: Secret Service\nIt contains nothing for this service.\n"
    assert "It contains a username and a password" in said("status", keep=True)
    assert "have been removed" in said("forget", keep=True)
    assert "contains nothing" in said("forget")
