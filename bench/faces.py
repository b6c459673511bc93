"""Both faces beside their yardsticks: start, memory, keys, idle bytes, change of screen."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.terminal import Terminal

RUNS = 9
BIN = Path(sys.executable).parent
SIZE = (100, 40)
KEYS = "ab1cd2ef3g"
IDLE = 5.0
FULL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
DUMB = {"TERM": "dumb", "LANG": "C.UTF-8"}
TO_FIELD = (
    ("\r", "Tout refuser"),
    ("\t\t\r", "Mon message"),
    ("\x1b[21~", "Ce qu’il vous faut"),
    ("\x1b[21~", "Je m’identifie"),
)
"""From the first screen to the first field: keys, and what shows that they were understood."""


@dataclass
class Figures:
    """What several runs of one program measured: seconds, MB, bytes."""

    start: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    keys: list[float] = field(default_factory=list)
    idle: int = 0

    def row(self) -> tuple[float, float, float]:
        """Return the median start, the median memory, the p95 of a key."""
        keys = sorted(self.keys) or [0.0]
        return (
            statistics.median(self.start),
            statistics.median(self.memory),
            keys[int(len(keys) * 0.95)],
        )


def at(home: str) -> dict[str, str]:
    """Return what makes a folder the home of a program."""
    return dict.fromkeys(("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"), home)


def started(command: list[str], words: str, env: Mapping[str, str], into: Figures) -> None:
    """Start a program once: how soon its first words, and what it then holds."""
    with Terminal(command, SIZE, env) as terminal:
        into.start.append(terminal.wait_for(words))
        into.memory.append(terminal.peak_memory())
        terminal.wait_until_quiet()
        into.idle = max(into.idle, terminal.bytes_while_idle(0.5))


def typed(
    command: list[str], words: str, to_field: tuple[tuple[str, str], ...], into: Figures
) -> None:
    """Go to a field, type in it, then do nothing for a while; nobody was there before."""
    with (
        tempfile.TemporaryDirectory() as home,
        Terminal(command, SIZE, FULL | at(home)) as terminal,
    ):
        terminal.wait_for(words)
        terminal.wait_until_quiet()
        for keys, shown in to_field:
            terminal.press(keys)
            terminal.wait_for(shown)
            terminal.wait_until_quiet(0.5)
        for key in KEYS:
            into.keys.append(terminal.seconds_to_answer(key))
            terminal.wait_until_quiet(0.05)
        into.idle = max(into.idle, terminal.bytes_while_idle(IDLE))


def measure() -> list[tuple[str, str, str]]:
    """Return rows: what, how much (and the ratio), the promise."""
    ours, form, line, question = Figures(), Figures(), Figures(), Figures()
    guide, guide_line = Figures(), Figures()
    with tempfile.TemporaryDirectory() as folder:
        env = at(folder)
        product = [str(BIN / "espace-tui"), "--lang", "fr"]
        bare = [sys.executable, "-m", "bench.bare_form"]
        asked = [sys.executable, "-m", "bench.bare_question"]
        for run in range(RUNS + 1):
            into = [ours, form, line, question] if run else [Figures() for _ in range(4)]
            started(product, "Activer mon espace", FULL | env, into[0])
            started(bare, "BARE FORM", FULL, into[1])
            started([*product, "--linear"], "Choix 1-7", DUMB | env, into[2])
            started(asked, "BARE QUESTION", FULL, into[3])
            if run:
                started([*product, "guide"], "Commencer", FULL | env, guide)
                started([*product, "guide", "--linear"], "Choix 1-3", DUMB | env, guide_line)
        for _ in range(3):
            typed(product, "Activer mon espace", TO_FIELD, ours)
            typed(bare, "BARE FORM", (), form)
    guided = _guide(guide, form, guide_line, question)
    return [*_full(ours, form), *_linear(line, question, ours), *guided]


def _full(ours: Figures, form: Figures) -> list[tuple[str, str, str]]:
    (start, memory, key), (start_, memory_, key_) = ours.row(), form.row()
    return [
        ("first screen / bare form", _ratio(start, start_, "ms", 1e3), "≤ 1.15"),
        ("memory at that moment / bare form", _ratio(memory, memory_, "MB"), "≤ 1.6"),
        ("key to screen p95, validating / bare form", _ratio(key, key_, "ms", 1e3), "≤ 1.3"),
        (f"bytes written in {IDLE:.0f} idle seconds", str(ours.idle), "0"),
    ]


def _linear(line: Figures, question: Figures, full: Figures) -> list[tuple[str, str, str]]:
    (start, memory, _), (start_, memory_, _) = line.row(), question.row()
    return [
        ("first prompt / questionary", _ratio(start, start_, "ms", 1e3), "≤ 0.85"),
        ("first prompt / full screen", _ratio(start, full.row()[0], "ms", 1e3), "≤ 0.5"),
        ("memory at that moment / questionary", _ratio(memory, memory_, "MB"), "≤ 1.2"),
        ("bytes written while waiting for input", str(line.idle), "0"),
    ]


def _guide(
    guide: Figures, form: Figures, line: Figures, question: Figures
) -> list[tuple[str, str, str]]:
    """Return the rows of the guide beside the official site."""
    started, form_started = guide.row()[0], form.row()[0]
    spoken, asked = line.row()[0], question.row()[0]
    return [
        ("guide: first screen / bare form", _ratio(started, form_started, "ms", 1e3), "≤ 1.15"),
        ("guide: first prompt / questionary", _ratio(spoken, asked, "ms", 1e3), "≤ 1.0"),
    ]


def _ratio(mine: float, other: float, unit: str, scale: float = 1) -> str:
    return f"{mine / other:.2f} ({mine * scale:.1f} / {other * scale:.1f} {unit})"
