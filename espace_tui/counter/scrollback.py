"""Whether a terminal still shows lines that were erased, when one scrolls up: only eyes can tell.

It is asked once for a kind of terminal (``counter check --scroll``), and remembered. Where lines
stay, visits that are line by line run on the terminal's alternate screen, which has no history.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from espace_tui.errors import Unreachable
from espace_tui.local import private_files

LINES = 200
FILE = "terminals.json"


def sample() -> str:
    """Return lines to look for, and what should erase them."""
    return "".join(f"{number} ....\n" for number in range(1, LINES + 1)) + "\x1b[H\x1b[2J\x1b[3J"


def keeps(environment: Mapping[str, str], state_folder: Path) -> bool:
    """Tell whether somebody saw erased lines on this kind of terminal."""
    return _read(state_folder).get(_kind(environment)) is True


def remember(environment: Mapping[str, str], state_folder: Path, *, seen: bool) -> None:
    """Remember what was seen on this kind of terminal, where that can be written."""
    known = _read(state_folder) | {_kind(environment): seen}
    with suppress(OSError, Unreachable):
        private_files.ensure_folder(state_folder)
        private_files.write_atomic(state_folder / FILE, json.dumps(known, indent=1).encode())


def _read(state_folder: Path) -> dict[str, object]:
    with suppress(OSError, ValueError):
        found = json.loads((state_folder / FILE).read_text("utf-8"))
        return found if isinstance(found, dict) else {}
    return {}


def _kind(environment: Mapping[str, str]) -> str:
    """Return the name of a kind of terminal, as far as it tells it."""
    names = ("TERM_PROGRAM", "VTE_VERSION", "TERM")
    inside = "tmux" if environment.get("TMUX") else ""
    return " ".join(filter(None, (inside, *(environment.get(name, "") for name in names))))
