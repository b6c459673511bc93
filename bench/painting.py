"""What is written to the terminal at 80×24, beside a bare form: a move of the focus, a key, a step.

A step of ours is a whole screen of another text; the bare form's is that form pushed again.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterable

from bench.faces import BIN, FULL, TO_FIELD, at
from bench.terminal import Terminal

SIZE = (80, 24)
FRAME = b"\x1b[?2026h"
"""What begins each frame, where the terminal says that it can wait for a whole one."""
F10 = "\x1b[21~"
Spent = tuple[int, int]
"""Bytes and frames."""


def spent(terminal: Terminal, keys: str, shown: str = "") -> Spent:
    """Press keys; return what was written until some words stand and nothing more comes."""
    terminal.wait_until_quiet(0.6)
    before = len(terminal.raw)
    terminal.press(keys)
    terminal.wait_for(shown)
    terminal.wait_until_quiet(0.4)
    written = bytes(terminal.raw[before:])
    return len(written), written.count(FRAME)


def _median(spents: Iterable[Spent]) -> Spent:
    sizes, frames = zip(*spents, strict=True)
    return int(statistics.median(sizes)), int(statistics.median(frames))


def _ours() -> dict[str, Spent]:
    product = [str(BIN / "espace-tui"), "--lang", "fr"]
    with tempfile.TemporaryDirectory() as home, Terminal(product, SIZE, FULL | at(home)) as ours:
        ours.wait_for("Activer mon espace")
        steps = []
        for keys, shown in TO_FIELD:
            steps.append(spent(ours, keys, shown))
        return {
            "key": _median([spent(ours, key) for key in "ab1cd"]),
            "focus": _median([spent(ours, "\t") for _ in range(6)]),
            "step": _median(steps[1:]),
            "worst": max(steps[1:]),
        }


def _bare() -> dict[str, Spent]:
    with Terminal([sys.executable, "-m", "bench.bare_form"], SIZE, FULL) as bare:
        bare.wait_for("BARE FORM")
        return {
            "key": _median([spent(bare, key) for key in "ab1cd"]),
            "focus": _median([spent(bare, "\t") for _ in range(6)]),
            "step": _median([spent(bare, F10) for _ in range(3)]),
        }


def measure() -> list[tuple[str, str, str]]:
    """Return rows: what, how much beside the bare form, the promise."""
    ours, bare = _ours(), _bare()
    what = {"focus": "a move of the focus", "key": "a key in a field", "step": "a change of step"}
    most = {"focus": "≤ 400 bytes, ", "key": "≤ 500 bytes, ", "step": "1 frame, "}
    rows = [
        (
            f"{what[each]}, written / bare form",
            f"{mine[0] / other[0]:.2f} ({mine[0]} / {other[0]} B, {mine[1]} / {other[1]} times)",
            f"{most[each]}≤ 0.5",
        )
        for each in ("focus", "key", "step")
        for mine, other in [(ours[each], bare[each])]
    ]
    return [*rows, ("the largest change of step", "{} bytes, {} frames".format(*ours["worst"]), "")]


if __name__ == "__main__":
    for row in measure():
        print(*row, sep=" | ")
