"""A counter in a real pseudo-terminal, in front of a helper's hands."""

from __future__ import annotations

import os
import time
from pathlib import Path

from tests.cli.terminal import Terminal

FACES = {"full screen": (), "linear": ("--linear",)}
CANARY = "Kd7mP3xRw9Tf"
F9, F10, CTRL_N = "\x1b[20~", "\x1b[21~", "\x0e"


def open_counter(home: Path, face: str, **variables: str) -> Terminal:
    """Start an exercise, and wait until somebody may sit down."""
    words = ("-m", "espace_tui", "demo", "--counter", *FACES[face])
    terminal = Terminal(home, *words, **variables)
    terminal.wait_for("Commencer" if face == "full screen" else "(Entrée : 1)")
    return terminal


def child_of(pid: int, within: float = 10) -> int:
    """Return the process of the visit that a counter serves."""
    return children_of(pid, 1, within)[0]


def children_of(pid: int, count: int, within: float = 10) -> list[int]:
    """Return the process of the visit, and that of the next one once it is prepared."""
    deadline = time.monotonic() + within
    children = Path(f"/proc/{pid}/task/{pid}/children")
    while len(found := children.read_text().split()) < count:
        assert time.monotonic() < deadline, f"there are {len(found)} processes, not {count}"
        time.sleep(0.02)
    return [int(each) for each in found]


def wait_until_gone(pid: int, within: float = 5) -> float:
    """Wait until a process has ended; return how long that took."""
    begun = time.monotonic()
    while Path(f"/proc/{pid}").exists() and "Z" not in _state(pid):
        assert time.monotonic() - begun < within, f"{pid} is still there"
        time.sleep(0.01)
    return time.monotonic() - begun


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return "Z"


def memory_of(pid: int) -> bytes:
    """Return what can be read of the memory of a process."""
    found = b""
    with Path(f"/proc/{pid}/mem").open("rb") as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, modes, *_ = line.split()
            if modes.startswith("rw"):
                start, end = (int(each, 16) for each in span.split("-"))
                try:
                    memory.seek(start)
                    found += memory.read(end - start)
                except (OSError, ValueError, OverflowError):
                    continue
    return found


def files_under(*folders: Path) -> bytes:
    """Return what stands in every file below some folders."""
    found = b""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                found += os.fsencode(path) + path.read_bytes()
    return found
