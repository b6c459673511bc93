"""The parent of a counter, whatever a visit does: it says wrong things, hangs, dies, breaks.

Here a visit is a script of a few lines, so that the parent alone is looked at, in a real terminal.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import time
from pathlib import Path

import pytest

from espace_tui.counter.loop import END_SECONDS
from tests.cli.terminal import Terminal
from tests.counter.counter_terminal import child_of, children_of, wait_until_gone

BEGIN = """
import os, pathlib, sys, time
_, pipe, waiting = sys.argv[1:]
words = os.read(int(waiting), 1000).decode().split()
def say(line): os.write(int(pipe), line)
served = pathlib.Path(f"served-{os.getppid()}")
number = len(list(served.glob("*")))
(served / str(number)).mkdir(parents=True)
print("told", *words, flush=True)
"""
"""How every script begins: it waits until it may, then knows what it is told and how many it is."""


def open_parent(home: Path, visit: str, counts: str = "-", lock: str = "open") -> Terminal:
    """Start a parent that serves a script; a visit of it leaves the counter when it says so."""
    parent = ("-m", "espace_tui.counter", counts, lock)
    return Terminal(home, *parent, sys.executable, "-c", BEGIN + visit)


def once(first: str) -> str:
    """Return a script that does something in the first visit, and leaves in the second."""
    body = "\n    ".join(first.splitlines())
    return f"""
if number:
    say(b"end=left\\n")
else:
    {body}
"""


def counts_of(path: Path) -> dict[str, int]:
    """Return the counts of the one month there is."""
    (found,) = json.loads(path.read_text()).values()
    return dict(found)


def test_the_next_visit_is_told_the_name_of_the_bug_that_broke_the_one_before(
    tmp_path: Path,
) -> None:
    terminal = open_parent(tmp_path, once('say(b"end=broken reference=ABCD-2345\\n")'))
    assert terminal.wait_exit() == 0
    assert b"told --after broken --reference ABCD-2345" in terminal.written


def test_a_training_takes_its_time_and_leads_back_to_the_counter(tmp_path: Path) -> None:
    counts = tmp_path / "tally.json"
    trained = 'say(b"end=practised\\n"); time.sleep(1.3); print("trained")'
    terminal = open_parent(tmp_path, once(trained), str(counts))
    assert terminal.wait_exit() == 0
    assert b"trained" in terminal.written
    assert not counts.exists()


@pytest.mark.parametrize(
    "said",
    [
        b"\x1b]52;c;aGVsbG8=\x07\n",
        b"end=finished name=Camille\n",
        b"end=finished\n" * 2,
        b"end=" + b"x" * 9000 + b"\n",
        b"\xff\x00" * 99,
        b"end=finished",
        b"",
    ],
)
def test_what_is_no_word_of_the_lists_is_a_visit_of_which_nothing_is_known(
    said: bytes, tmp_path: Path
) -> None:
    counts = tmp_path / "tally.json"
    terminal = open_parent(tmp_path, once(f"say({said!r})"), str(counts))
    assert terminal.wait_exit() == 0
    assert counts_of(counts) == {"visits": 1, "end=unknown": 1}
    assert not [each for each in (b"Camille", b"aGVsbG8", b"xxxx") if each in terminal.written]
    assert b"told --after broken\r\n" in terminal.written


STUBBORN = "import signal; [signal.signal(n, signal.SIG_IGN) for n in (1, 2, 15)]"


def test_one_that_says_its_end_and_does_not_end_is_killed(tmp_path: Path) -> None:
    counts = tmp_path / "tally.json"
    hangs = f'{STUBBORN}; say(b"end=later reached=site\\n"); time.sleep(60)'
    began = time.monotonic()
    terminal = open_parent(tmp_path, once(hangs), str(counts))
    assert terminal.wait_exit() == 0
    assert time.monotonic() - began < 5 * END_SECONDS
    assert counts_of(counts) == {"visits": 1, "end=later": 1, "reached=site": 1}


def test_one_that_neither_ends_nor_answers_is_killed_with_the_counter(tmp_path: Path) -> None:
    terminal = open_parent(tmp_path, f"{STUBBORN}; print('here', flush=True); time.sleep(60)")
    terminal.wait_for("here")
    visit = child_of(terminal.pid)
    terminal.kill(signal.SIGTERM)
    assert terminal.wait_exit() == 128 + signal.SIGTERM
    wait_until_gone(visit)


def test_what_breaks_at_once_three_times_ends_the_counter(tmp_path: Path) -> None:
    terminal = open_parent(tmp_path, "sys.exit(1)")
    assert terminal.wait_exit() == 1
    assert terminal.written.count(b"told") == 3


def test_what_was_prepared_and_died_is_made_again(tmp_path: Path) -> None:
    """A process that waits for its turn is killed, or stopped: the next person is served."""
    terminal = open_parent(tmp_path, once(KILLS_THE_NEXT))
    assert terminal.wait_exit() == 0
    assert b"found 2" in terminal.written
    assert b"told" in terminal.written


KILLS_THE_NEXT = """
children = pathlib.Path(f"/proc/{os.getppid()}/task/{os.getppid()}/children")
while len(found := children.read_text().split()) < 2: time.sleep(0.02)
print("found", len(found), flush=True)
os.kill(int(found[1]), 9)
say(b"end=finished reached=site\\n")
"""


def test_nothing_is_left_when_the_terminal_vanishes(tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    words = ("-m", "espace_tui.counter", "-", "open", sys.executable, "-c")
    waits = 'print("here", flush=True); time.sleep(60)'
    terminal = Terminal(tmp_path, *words, BEGIN + waits, TMPDIR=str(folder))
    terminal.wait_for("here")
    found = children_of(terminal.pid, 2)
    assert len(list(folder.iterdir())) == len(found)
    assert terminal.hang_up() == 128 + signal.SIGHUP
    for pid in found:
        wait_until_gone(pid)
    assert not list(folder.iterdir())


def test_two_counters_of_one_computer_add_up(tmp_path: Path) -> None:
    counts = str(tmp_path / "tally.json")
    day = """
say(b"end=left\\n" if number == 12 else b"end=finished reached=site\\n")
"""
    both = [open_parent(tmp_path, day, counts) for _ in range(2)]
    assert [terminal.wait_exit() for terminal in both] == [0, 0]
    assert counts_of(Path(counts)) == {"visits": 24, "end=finished": 24, "reached=site": 24}


def test_a_full_disk_stops_nobody(tmp_path: Path) -> None:
    """Nothing can be written, as where a disk is full: what was counted before stays."""
    counts = tmp_path / "tally.json"
    counts.write_text('{"2026-01": {"visits": 7}}')
    before = counts.read_text()
    terminal = open_parent(tmp_path, once(FINISHES), str(counts))
    resource.prlimit(terminal.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    (tmp_path / "go").mkdir()
    assert terminal.wait_exit() == 0
    assert counts.read_text() == before
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"tally.json", "tally.lock", f"served-{terminal.pid}", "go"}


FINISHES = """
while not pathlib.Path("go").exists(): time.sleep(0.02)
say(b"end=finished reached=site\\n")
"""
