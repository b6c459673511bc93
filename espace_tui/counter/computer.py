"""What is unsafe about a computer where many people are served: refused, or warned about.

A terminal that keeps what is shown, that somebody else watches or that cannot erase is refused;
what may keep traces beyond our reach is a warning. `unsafe` looks; the texts are
``counter.computer.<code>``.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from espace_tui.counter import scrollback
from espace_tui.errors import Unreachable
from espace_tui.local import private_files

_PARENTS = 32
_TMUX_SECONDS = 2


@dataclass(frozen=True, slots=True)
class Risk:
    """Something found: its code, whether it is refused, and what records, if anything does."""

    code: str
    refused: bool
    how: str = ""


def unsafe(
    environment: Mapping[str, str], state_folder: Path, *, is_embedded: bool = False
) -> tuple[Risk, ...]:
    """Return what was found, what is refused first.

    `is_embedded`: somebody asked for the backend that keeps accounts on this computer.
    """
    found = [*_terminal(environment), *_watchers(environment), *_files(state_folder)]
    if scrollback.keeps(environment, state_folder):
        found.append(Risk("scrollback", refused=False))
    if is_embedded:
        found.append(Risk("embedded", refused=True))
    return tuple(sorted(found, key=lambda risk: not risk.refused))


def _terminal(environment: Mapping[str, str]) -> Iterator[Risk]:
    if not (os.isatty(0) and os.isatty(1)):
        yield Risk("no-terminal", refused=True)
    if environment.get("TERM", "") in {"", "dumb", "unknown"} or environment.get("INSIDE_EMACS"):
        yield Risk("dumb", refused=True)
    if environment.get("STY") or (not environment.get("TMUX") and "screen" in _ancestors()):
        yield Risk("screen", refused=True)  # `sudo` tells nothing of where it was called
    if environment.get("WT_SESSION") or environment.get("TERM_PROGRAM") == "vscode":
        yield Risk("restored", refused=False)


def _watchers(environment: Mapping[str, str]) -> Iterator[Risk]:
    if environment.get("ASCIINEMA_REC"):
        yield Risk("recorded", refused=True, how="asciinema")
    elif recorder := next((name for name in _ancestors() if name in _RECORDERS), ""):
        yield Risk("recorded", refused=True, how=recorder)
    elif environment.get("TMUX") and _tmux("#{pane_pipe}") == "1":
        yield Risk("recorded", refused=True, how="tmux pipe-pane")
    if environment.get("TMUX") and _tmux("#{session_attached}") not in {"", "0", "1"}:
        yield Risk("watched", refused=True)


_RECORDERS = frozenset({"script", "asciinema", "ttyrec", "scriptlive", "termrec"})


def _ancestors() -> Iterator[str]:
    """Yield the names of the processes that started this one."""
    process = os.getppid()
    for _ in range(_PARENTS):
        with suppress(OSError, ValueError, IndexError):
            status = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
            yield status.partition("(")[2].rpartition(")")[0]
            process = int(status.rpartition(")")[2].split()[1])
            continue
        return


def _tmux(question: str) -> str:
    with suppress(OSError, subprocess.SubprocessError):
        asked = ["tmux", "display-message", "-p", "-t", os.environ.get("TMUX_PANE", ""), question]
        answer = subprocess.run(
            asked, capture_output=True, text=True, check=False, timeout=_TMUX_SECONDS
        )
        return answer.stdout.strip()
    return ""


def _files(state_folder: Path) -> Iterator[Risk]:
    try:
        private_files.refuse_loose(state_folder)
    except Unreachable:
        yield Risk("loose", refused=True, how=str(state_folder))
    if _swap_is_clear():
        yield Risk("swap", refused=False)


def _swap_is_clear() -> bool:
    """Tell whether memory may be written to a disk as it is: neither zram nor device-mapper."""
    with suppress(OSError):
        lines = Path("/proc/swaps").read_text("utf-8").splitlines()[1:]
        return any(not line.startswith(("/dev/zram", "/dev/dm-", "/dev/mapper")) for line in lines)
    return False
