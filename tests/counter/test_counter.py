"""A process for each person, which ends with them; whatever the end, nothing of them is left."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import cast

import pytest

from espace_tui.cli.commands.visits.visit import CounterVisit
from espace_tui.cli.context import CommandContext
from espace_tui.cli.guide_parts import LateDesk
from espace_tui.counter.visit import Visit, parse_line
from espace_tui.i18n import Texts
from espace_tui.idle import IdleLimits
from espace_tui.journey.context import GuideDesk
from espace_tui.local.crash import Crash
from espace_tui.local.settings import load
from tests.cli.shell import Shell
from tests.cli.terminal import Terminal
from tests.counter.counter_terminal import (
    CANARY,
    F9,
    F10,
    FACES,
    child_of,
    children_of,
    files_under,
    open_counter,
    wait_until_gone,
)


def type_canary(terminal: Terminal) -> None:
    """Go as far as the identification, in an exercise, and type something there."""
    terminal.send("\r")
    terminal.wait_for("Ce qui vous convient")
    terminal.send(F10)
    terminal.wait_for("Comment allons-nous faire")
    terminal.send(f"1{F10}")
    terminal.wait_for("Que fait-on")
    terminal.send(f"6{F10}")
    terminal.wait_for("Mon message")
    terminal.send(F10)
    terminal.wait_for("12 lettres")
    terminal.send(CANARY)
    terminal.wait_for("12 sur 12")


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_counter_and_the_visit(
    face: str, number: signal.Signals, tmp_path: Path
) -> None:
    terminal = open_counter(tmp_path, face)
    visit = child_of(terminal.pid)
    terminal.kill(number)
    assert terminal.wait_exit() == 128 + number
    wait_until_gone(visit)


def test_f9_hides_at_once_and_only_two_answers_are_taken(tmp_path: Path) -> None:
    terminal = open_counter(tmp_path, "full screen")
    type_canary(terminal)
    terminal.send(F9)
    terminal.wait_for("Écran masqué")
    assert CANARY not in terminal.screen
    terminal.send("x\r\x1b[200~pasted\x1b[201~")
    terminal.send("1")
    terminal.wait_for("12 sur 12")
    terminal.send(F9)
    terminal.wait_for("Écran masqué")
    visit = child_of(terminal.pid)
    terminal.send("2")
    wait_until_gone(visit)
    terminal.wait_for("Tout est effacé, comme demandé")
    assert b"\x1b]52" not in terminal.written  # nothing goes to the clipboard
    cleaned = terminal.written.rpartition(b"\x1b[3J")[2]
    assert CANARY.encode() not in cleaned
    assert child_of(terminal.pid) != visit
    terminal.send("\x03")
    terminal.wait_for("Quitter l’assistant")
    terminal.send("\t\r")
    assert terminal.wait_exit() == 0
    assert CANARY.encode() not in files_under(tmp_path)


def test_keys_that_stop_a_program_leave_no_visit_behind(tmp_path: Path) -> None:
    terminal = open_counter(tmp_path, "full screen")
    type_canary(terminal)
    visit = child_of(terminal.pid)
    terminal.send("\x1a")
    terminal.wait_for("pouvez pas suspendre")
    assert child_of(terminal.pid) == visit
    os.kill(visit, signal.SIGTSTP)
    terminal.send(F9)
    terminal.wait_for("Écran masqué")
    os.kill(visit, signal.SIGQUIT)
    wait_until_gone(visit)
    terminal.wait_for("personne suivante")
    terminal.kill(signal.SIGTERM)
    assert terminal.wait_exit() == 143


def test_line_by_line_no_key_stops_a_visit_or_quits_it(tmp_path: Path) -> None:
    terminal = open_counter(tmp_path, "linear")
    visit = child_of(terminal.pid)
    terminal.send("\x1a\x1c\r")
    terminal.wait_for("Ce que vous choisissez")
    assert child_of(terminal.pid) == visit
    terminal.kill(signal.SIGTERM)
    assert terminal.wait_exit() == 143


SHELL = """
import os, subprocess, sys, time
subprocess.run([sys.executable, "-m", "espace_tui", "demo", "--counter"])
while os.listdir("temporary"):
    time.sleep(0.05)
"""
"""What starts a counter and outlives it, until nothing is left of it."""


def test_a_parent_that_is_killed_leaves_nothing_of_anybody(tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    terminal = Terminal(tmp_path, "-c", SHELL, TMPDIR=str(folder))
    terminal.wait_for("Commencer")
    type_canary(terminal)
    parent = child_of(terminal.pid)
    children_of(parent, 2)
    os.kill(parent, signal.SIGKILL)
    assert terminal.wait_exit() == 0
    assert not terminal.screen.strip()


def test_a_visit_is_given_what_it_needs_of_the_environment_and_no_more(tmp_path: Path) -> None:
    terminal = open_counter(tmp_path, "full screen", SECRET_CANARY="x", LC_TIME="fr_FR.UTF-8")
    process = Path(f"/proc/{child_of(terminal.pid)}")
    given = process.joinpath("environ").read_bytes()
    assert b"LC_TIME=fr_FR.UTF-8" in given
    assert b"SECRET_CANARY" not in given
    words = process.joinpath("cmdline").read_bytes().split(b"\0")
    assert words.count(b"--visit") == 1
    assert words[1] == b"-P"  # a folder named espace_tui, where one happens to be, is not obeyed
    terminal.kill(signal.SIGTERM)
    assert terminal.wait_exit() == 143


def test_the_parent_loads_nothing_that_could_hold_an_answer() -> None:
    code = (
        "import sys, espace_tui.counter.__main__; print([name for name in sys.modules"
        " if name.split('.')[0] in {'textual', 'pydantic'}"
        " or name.startswith(('espace_tui.validators', 'espace_tui.backends', 'espace_tui.cli'))])"
    )
    asked = [sys.executable, "-c", code]
    assert subprocess.run(asked, capture_output=True, check=True, text=True).stdout == "[]\n"


@pytest.mark.parametrize(
    ("variables", "code", "reason"),
    [
        ({"TERM": "dumb"}, 2, "ne sait pas effacer"),
        ({"STY": "1.screen"}, 2, "GNU screen"),
        ({"ASCIINEMA_REC": "1"}, 2, "enregistré"),
        ({"WT_SESSION": "x"}, 1, "fenêtres fermées"),
    ],
)
def test_a_computer_that_keeps_traces_is_named(
    variables: dict[str, str], code: int, reason: str, tmp_path: Path
) -> None:
    terminal = Terminal(tmp_path, "-m", "espace_tui", "counter", "check", **variables)
    assert terminal.wait_exit() == code
    assert reason in terminal.output_after or reason in terminal.screen


def test_where_erased_lines_are_still_seen_a_visit_line_by_line_runs_on_another_screen(
    tmp_path: Path,
) -> None:
    asked = ("-m", "espace_tui", "counter", "check", "--scroll")
    for word, code, told in (("peut-être", 2, "oui ou par non"), ("oui", 1, "écran secondaire")):
        terminal = Terminal(tmp_path, *asked)
        terminal.wait_for("En remontant")
        terminal.send(f"{word}\r")
        assert terminal.wait_exit() == code
        assert told in " ".join(terminal.screen.split())
    terminal = open_counter(tmp_path, "linear")
    assert b"\x1b[?1049h" in terminal.written
    terminal.kill(signal.SIGTERM)
    assert terminal.wait_exit() == 143


def open_visit(shell: Shell, *, can_activate: bool = False) -> tuple[CounterVisit, int]:
    """Return a visit, and the pipe where it says how it ended."""
    reading, writing = os.pipe()
    options = Namespace(visit=writing, after="", reference="")
    context = CommandContext(
        options, load(shell.environment, {}), shell.environment, Texts(), ArgumentParser()
    )
    return CounterVisit(context, can_activate=can_activate, is_exercise=True), reading


def test_the_screen_is_kept_from_when_somebody_sits_down_and_longer_if_asked(shell: Shell) -> None:
    visit, _ = open_visit(shell)
    assert visit.watch.next_change is None
    visit.note("reached", "greeting")
    visit.set_longer(longer=True)
    visit.note("reached", "greeting")  # that screen is shown again
    assert visit.watch.next_change == pytest.approx(840, abs=5)
    assert (visit.hides_after, visit.erases_after) == (900, 1800)
    visit.watch.begin(IdleLimits(hide=0))  # its thread would end this process


def test_a_visit_that_breaks_says_the_name_of_the_bug_and_nothing_of_what_was_typed(
    shell: Shell,
) -> None:
    visit, reading = open_visit(shell)
    visit.note("end", "finished")
    error = ValueError(CANARY)
    visit.end_broken(error)
    visit.end_broken(KeyError(CANARY))
    said = os.read(reading, 1000)
    assert parse_line(said) == Visit({"end": "broken"}, Crash.of(error).reference)
    assert CANARY.encode() not in said


def test_without_a_terminal_there_is_no_counter(shell: Shell) -> None:
    result = shell.spawn("counter", "start")
    assert (result.code, "pas de terminal" in result.err) == (2, True)


def test_the_counts_hide_small_numbers(shell: Shell) -> None:
    state = shell.home / ".local/state/espace-tui"
    state.mkdir(parents=True, mode=0o700)
    counts = {"2026-11": {"visits": 7, "end=finished": 5, "end=later": 2, "name=Camille": 9}}
    # with 7 and 5, the 2 would be known
    (state / "tally.json").write_text(json.dumps(counts))
    said = shell.call("counter", "counts").out
    assert "2026-11  Visites : toutes  7" in said.replace("\xa0", " ")
    assert "Fin : à finir un autre jour" in said.replace("\xa0", " ")
    assert "moins de 5" in said
    assert "Fin : terminé  non montré" in said.replace("\xa0", " ")
    assert "Camille" not in said
    found = json.loads(shell.call("counter", "counts", "--json").out)
    assert {(each["key"], each["word"]): each["count"] for each in found} == {
        ("visits", "all"): 7,
        ("end", "finished"): None,
        ("end", "later"): None,
    }
    assert "2026-11,end,later,<5," in shell.call("counter", "counts", "--csv").out


def test_neither_the_browser_nor_a_file_is_offered_at_a_counter(shell: Shell) -> None:
    context = CommandContext(
        Namespace(), load(shell.environment, {}), shell.environment, Texts(), ArgumentParser()
    )
    own = cast("GuideDesk", LateDesk(context))
    counter = cast("GuideDesk", LateDesk(context, at_counter=True))
    assert (own.may_save, counter.may_save, counter.may_open) == (True, False, False)
    assert len(counter.identifiers()) == len(own.identifiers()) > 0
