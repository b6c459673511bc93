"""A counter: how soon the next person may sit down, what its parent holds, how soon F9 hides."""

from __future__ import annotations

import socket
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.faces import FULL, IDLE, at
from bench.terminal import Terminal

COMMAND = [sys.executable, "-m", "espace_tui", "--lang", "fr", "--counter"]
SIZE = (100, 40)
VISITS = 50
FIRST = 10
"""Visits after which the parent holds all that it will."""
TIMED = 15
STAYS = 2.0
HIDES = 9
ENTER, F9, F10 = "\r", "\x1b[20~", "\x1b[21~"
WAITING, RESUMED = "Commencer", "Un instant"
TO_PURPOSE = (("\r", "Ce qui vous convient"), (F10, "Comment allons-nous"), (f"1{F10}", "Que fait"))

TO_PURPOSE_BY_LINE = (
    (ENTER, "Ce que vous choisissez"),
    (ENTER, "Choix 1-3 :"),
    (f"1{ENTER}", "Choix 1-6"),
)


def _walk(terminal: Terminal, moves: tuple[tuple[str, str], ...]) -> None:
    for keys, shown in moves:
        terminal.press(keys)
        terminal.wait_for(shown)
        terminal.wait_until_quiet(0.05)


def _visit(terminal: Terminal, stays: float = 0) -> float:
    """Serve somebody for whom nothing can be done; return the seconds from goodbye to the next.

    Nobody is served in less than `STAYS` seconds: the next process is prepared meanwhile.
    """
    terminal.wait_for(WAITING)
    terminal.wait_until_quiet(0.05)
    _walk(terminal, (*TO_PURPOSE[:2], (f"3{F10}", "Sans la personne")))
    time.sleep(stays)
    started = time.perf_counter()
    terminal.press(F10)
    terminal.wait_for(WAITING)
    return time.perf_counter() - started


def _files(*folders: str) -> dict[str, int]:
    """Return every file under some folders, and its size; that of the counts is not told."""
    found = [path for folder in folders for path in Path(folder).rglob("*") if path.is_file()]
    return {str(path): 0 if path.stem == "tally" else path.stat().st_size for path in found}


def _day(home: str, temporary: str) -> list[tuple[str, str, str]]:
    """Serve many people in a row."""
    env = FULL | at(home) | {"TMPDIR": temporary}
    with Terminal(COMMAND, SIZE, env) as terminal:
        took = [_visit(terminal) for _ in range(FIRST)]
        files, memory = _files(home, temporary), terminal.resident_memory()
        took += [_visit(terminal) for _ in range(VISITS - FIRST - TIMED)]
        took += [_visit(terminal, STAYS) for _ in range(TIMED)]
        grown = terminal.resident_memory() - memory
        new = {name for name, size in _files(home, temporary).items() if files.get(name) != size}
        peak = terminal.peak_memory()
        terminal.wait_until_quiet()
        idle = terminal.bytes_while_idle(IDLE)
    between = statistics.median(took[-TIMED:])
    return [
        ("goodbye to the next waiting screen", f"{between * 1e3:.0f} ms", "≤ 600 ms"),
        ("memory of the parent of a counter", f"{peak:.1f} MB", "≤ 20 MB"),
        (f"bytes written in {IDLE:.0f} idle seconds", str(idle), "0"),
        (
            f"grown in the last {VISITS - FIRST} of {VISITS} visits",
            f"{grown:.1f} MB, {len(new)} files",
            "0",
        ),
    ]


def _hiding(home: str, face: str) -> tuple[str, str, str]:
    """Hide the screen while a backend does not answer."""
    took, again = [], ENTER if face == "--linear" else F10
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"url=http://127.0.0.1:{silent.getsockname()[1]}"
        command = [*COMMAND, "--backend", "http", "--backend-option", url]
        with Terminal([*command, *([face] if face else [])], SIZE, FULL | at(home)) as terminal:
            terminal.wait_for(WAITING)
            terminal.wait_until_quiet()
            _walk(terminal, TO_PURPOSE_BY_LINE if face else TO_PURPOSE)
            terminal.press("6")
            for _ in range(HIDES):
                terminal.press(again)  # the backend is asked, unless it is asked already
                terminal.wait_until_quiet(0.2)
                started = time.perf_counter()
                terminal.press(F9)
                terminal.wait_for("Écran masqué")
                took.append(time.perf_counter() - started)
                terminal.press("1")
                terminal.wait_for(RESUMED if face else "Que fait")
    found = f"{statistics.median(took) * 1e3:.0f} ms (slowest {max(took) * 1e3:.0f})"
    what = "line by line" if face else "full screen"
    return f"F9 to a blank screen, backend hung, {what}", found, "≤ 100 ms"


def measure() -> list[tuple[str, str, str]]:
    """Return rows: what, how much, the promise."""
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as temporary:
        return [*_day(home, temporary), *(_hiding(home, face) for face in ("", "--linear"))]


if __name__ == "__main__":
    for row in measure():
        print(*row, sep=" | ")
