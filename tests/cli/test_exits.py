"""However the assistant ends, the terminal is as it was found and the exit code says why (S5)."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.cli.terminal import ALTERNATE, HOUSE, NORMAL, Terminal

WELCOME = {"full screen": "Activer mon espace", "linear": "Entrée : 1"}
FACES = {"full screen": [], "linear": ["--linear"]}


def opened(home: Path, face: str, **variables: str) -> Terminal:
    terminal = Terminal(home, "-m", "espace_tui", *FACES[face], **variables)
    terminal.wait_for(WELCOME[face])
    return terminal


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was(
    face: str, number: signal.Signals, tmp_path: Path
) -> None:
    terminal = opened(tmp_path, face)
    terminal.kill(number)
    assert terminal.wait_exit() == 128 + number
    assert terminal.written.count(ALTERNATE) == terminal.written.count(NORMAL)


@pytest.mark.parametrize("face", FACES)
def test_a_signal_ends_it_though_nobody_reads_what_it_writes(face: str, tmp_path: Path) -> None:
    terminal = opened(tmp_path, face)
    for _ in range(40):  # more than a terminal takes: F7 draws everything again, « ! » says it
        terminal.send("\x1b[18~" if face == "full screen" else "!\n" * 20)
    time.sleep(1)
    terminal.kill(signal.SIGTERM)
    assert terminal.exit_unread(within=3) == 143


@pytest.mark.parametrize("face", FACES)
def test_a_closed_window_ends_it(face: str, tmp_path: Path) -> None:
    assert opened(tmp_path, face).hang_up() == 129


def test_an_interrupt_from_outside_ends_the_full_screen(tmp_path: Path) -> None:
    terminal = opened(tmp_path, "full screen")
    terminal.kill(signal.SIGINT)
    assert terminal.wait_exit() in {0, 130}
    assert terminal.written.endswith(terminal.written.rpartition(NORMAL)[2])


@pytest.mark.parametrize("face", FACES)
def test_what_never_closes_is_left_behind(face: str, tmp_path: Path) -> None:
    terminal = Terminal(
        tmp_path, str(Path(__file__).with_name("program_never_closing.py")), *FACES[face]
    )
    terminal.wait_for(WELCOME[face])
    terminal.kill(signal.SIGTERM)
    assert terminal.wait_exit() == 143
    assert terminal.written.count(ALTERNATE) <= terminal.written.count(NORMAL)


def test_what_was_chosen_on_the_way_is_remembered(tmp_path: Path) -> None:
    state = tmp_path / ".local" / "state" / "espace-tui"
    state.mkdir(parents=True, mode=0o700)
    path = state / "choices.json"
    path.write_text('{"kept": ["preferences"], "choices": {}}', encoding="utf-8")
    terminal = opened(tmp_path, "full screen")
    terminal.send("\x1b[18~\x1b[15~")  # F7, F5
    terminal.wait_for("F6  Keys")
    terminal.send("\x1b[19~")
    terminal.wait_for("Enter: 1")
    terminal.send(":fr\n:quit\n")
    terminal.wait_exit()
    choices = json.loads(path.read_text("utf-8"))["choices"]
    assert choices["theme"] not in {"", "dark"}
    assert choices["language"] in {"en", "fr"}


def test_a_reader_that_leaves_is_no_crash(shell: Shell) -> None:
    done = subprocess.run(
        f"{sys.executable} -m espace_tui completion bash | head -c 1",
        shell=True,
        env=shell.environment | {"PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("#", "")


@pytest.mark.parametrize("words", [["--help"], ["inbox"], ["backends", "--json"]])
def test_a_full_disk_fails_without_a_crash(words: list[str], shell: Shell) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "espace_tui", *words],
            env=shell.environment | {"PYTHONPATH": str(HOUSE)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, "")


def test_a_poor_encoding_shows_the_words_all_the_same(shell: Shell) -> None:
    said = shell.spawn("nowhere", PYTHONIOENCODING="ascii:strict")
    assert said.code == 2
    assert said.err.startswith("Erreur")
    assert "L'aide" in said.err


def test_a_demonstration_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    place = {"TMPDIR": str(tmp_path / "tmp")}
    terminal = Terminal(tmp_path, "-m", "espace_tui", "demo", "--linear", **place)
    terminal.wait_for("Entrée : 1")
    terminal.send("1\n")
    terminal.wait_for("Entrée : suite")
    assert list((tmp_path / "tmp").iterdir())
    terminal.kill(signal.SIGTERM)
    assert terminal.wait_exit() == 143
    assert list((tmp_path / "tmp").iterdir()) == []
    assert terminal.files() == {}


def test_the_faces_hand_over_in_mid_step(tmp_path: Path) -> None:
    terminal = opened(tmp_path, "full screen")
    terminal.send("\x1b[19~")  # F8
    terminal.wait_for("Entrée : 1")
    terminal.send(":visuel\n")
    terminal.wait_for("F6  Touches")
    terminal.send("\x1b[19~")
    terminal.wait_for("Entrée : 1")
    terminal.send(":quitter\n")
    terminal.wait_exit()
    assert terminal.written.count(ALTERNATE) == terminal.written.count(NORMAL) == 2


SETTING = "linear = true"


@pytest.mark.parametrize(
    ("variables", "words", "reason"),
    [
        ({"TERM": "dumb"}, [], "car ce terminal est simple (« TERM=dumb »)"),
        ({"ESPACE_LINEAR": "1"}, [], "demandé par la variable « ESPACE_LINEAR »"),
        ({"ACCESSIBLE": "1"}, ["demo"], "demandé par la variable « ACCESSIBLE »"),
        ({"ESPACE_SETTINGS": SETTING}, [], "demandé par le réglage « linear »"),
        ({"ACCESSIBLE": "1"}, ["--linear"], "demandé par l’option « --linear »"),
    ],
)
def test_the_linear_face_begins_where_it_is_needed_and_says_why(
    variables: dict[str, str], words: list[str], reason: str, tmp_path: Path
) -> None:
    if "ESPACE_SETTINGS" in variables:
        place = tmp_path / "settings.toml"
        place.write_text("\ufeff" + SETTING, "utf-8")
        variables = {"ESPACE_SETTINGS": str(place)}
    terminal = Terminal(tmp_path, "-m", "espace_tui", *words, **variables)
    terminal.wait_for("Entrée : 1")
    assert f"Mode ligne à ligne, {reason}." in terminal.written.decode()
    terminal.send(":quitter\n")
    terminal.wait_exit()
    assert b"\x1b" not in terminal.written


@pytest.mark.parametrize("variables", [{"ESPACE_LINEAR": "0"}, {"ACCESSIBLE": "non"}])
def test_a_variable_that_is_off_goes_before_the_setting(
    variables: dict[str, str], tmp_path: Path
) -> None:
    place = tmp_path / "settings.toml"
    place.write_text(SETTING, "utf-8")
    terminal = Terminal(tmp_path, "-m", "espace_tui", ESPACE_SETTINGS=str(place), **variables)
    terminal.wait_for("F6  Touches")
    assert ALTERNATE in terminal.written
    terminal.kill(signal.SIGTERM)
    assert terminal.wait_exit() == 143


def test_an_input_that_never_ends_is_ended(shell: Shell) -> None:
    command = f"yes '' | {sys.executable} -m espace_tui demo --linear"
    done = subprocess.run(
        ["/bin/bash", "-c", command],
        env=shell.environment | {"PYTHONPATH": str(HOUSE)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "revient sans fin" in done.stdout
