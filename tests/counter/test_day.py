"""A day at a counter, one person after the other; and an exercise that is hidden and erased."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.counter.counter_terminal import (
    CTRL_N,
    F9,
    F10,
    child_of,
    files_under,
    memory_of,
    wait_until_gone,
)
from tests.counter.test_ends import PARTING

F5, F8 = "\x1b[15~", "\x1b[19~"
PEOPLE = 20
VISUAL = {
    "fr": ("Comment allons-nous faire", "Que fait-on", "Collez", "Finir avec", "Avant de se"),
    "en": ("How shall we do", "do today", "Paste", "End with", "Before you part"),
}
"""What is on each screen of a visit, by language."""


def _walk(terminal: Terminal, moves: tuple[tuple[str, str], ...]) -> None:
    for words, keys in moves:
        terminal.wait_for(words)
        terminal.send(keys)


def _serve_full_screen(terminal: Terminal, language: str, said: str) -> None:
    posture, purpose, message, sure, parting = VISUAL[language]
    if language == "en":
        terminal.send(F5)
        terminal.wait_for("What suits you")
    terminal.send(F10)
    _walk(terminal, ((posture, f"1{F10}"), (purpose, f"5{F10}"), (message, said)))
    terminal.wait_for(said)
    terminal.send(CTRL_N)
    _walk(terminal, ((sure, "\r"), (parting, f"\t\t\t\t1{F10}")))


def _serve_line_by_line(terminal: Terminal, said: str) -> None:
    terminal.send(F8)
    moves = (
        *(("Choix 1-3 (Entrée", ""), ("Qui tape", "1"), ("Choix 1-5", "5")),
        *(
            ("Le message :", said),
            ("ce message (Entrée", ""),
            ("Rien ne prouve", ":suivante"),
            *PARTING[1:],
        ),
    )
    _walk(terminal, tuple((words, f"{line}\r") for words, line in moves))


def _serve(terminal: Terminal, number: int, said: str) -> int:
    """Serve somebody; return the process that did."""
    _walk(terminal, (("Appuyez sur Entrée pour", ""), ("F10  Commencer", "\r")))
    terminal.wait_for("Ce qui vous convient")
    visit = child_of(terminal.pid)
    if number % 2:
        _serve_line_by_line(terminal, said)
    else:
        _serve_full_screen(terminal, "en" if number % 4 else "fr", said)
    wait_until_gone(visit, 20)
    return visit


@pytest.mark.soak
def test_twenty_people_in_a_row_are_counted_and_nothing_of_them_is_left(tmp_path: Path) -> None:
    """Faces and languages take turns; what one chose does not reach the next."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    terminal = Terminal(tmp_path, "-m", "espace_tui", "--counter", TMPDIR=str(folder))
    said = [f"Canari{number:02}Kd7mP3x" for number in range(PEOPLE)]
    processes = {_serve(terminal, number, words) for number, words in enumerate(said)}
    terminal.wait_for("F10  Commencer")
    assert len(processes) == PEOPLE
    found = memory_of(terminal.pid) + files_under(tmp_path)
    found += terminal.written.rpartition(b"\x1b[3J")[2]
    assert not [each for each in said if each.encode() in found]
    terminal.kill(signal.SIGTERM)
    assert terminal.wait_exit() == 143
    files = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert files == {"tally.json", "tally.lock"}
    (counts,) = json.loads((tmp_path / ".local/state/espace-tui/tally.json").read_text()).values()
    half = PEOPLE // 2
    assert counts == {
        **dict.fromkeys(("visits", "end=finished", "posture=beside", "purpose=message"), PEOPLE),
        **dict.fromkeys(("reached=message", "span=under-15"), PEOPLE),
        "face=visual": half,
        "face=linear": half,
        "language=fr": 15,
        "language=en": 5,
    }


TRAIN = """
import os, sys
os.dup2(os.open("played.json", os.O_CREAT | os.O_WRONLY), 1)
os.execv(sys.executable, [sys.executable, "-m", "espace_tui", "train", "theo", "--json"])
"""


def test_what_was_hidden_then_erased_is_told_and_another_exercise_may_follow(
    tmp_path: Path,
) -> None:
    """The standard output is the trainer's sheet: the exercise is played all the same."""
    terminal = Terminal(tmp_path, "-c", TRAIN)
    _walk(terminal, (("Théo arrive", F10), ("Ce qui vous convient", F9), ("Écran masqué", "2")))
    terminal.wait_for("Exercice – Ce que vous avez fait")
    terminal.wait_for("EXERCICE")  # in the first line too
    _walk(terminal, (("La prochaine fois", "\t\r"), ("Qui aidez-vous", "\x03")))
    _walk(terminal, (("Quitter l’assistant", "\t\r"),))
    terminal.wait_exit()
    (played,) = json.loads((tmp_path / "played.json").read_text())
    assert (played["id"], [each["was_done"] for each in played["good"]]) == ("theo", [False] * 2)
