"""The embedded journey without hashing and typing: how long the whole, and each step, takes."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from espace_tui.wizard import Wizard
from tests.walks.catalogue import WALKS
from tests.walks.plain import said
from tests.walks.script import Do, Fill, Walk
from tests.walks.worlds import Place, embedded

RUNS = 40


async def _walk(walk: Walk, place: Place) -> list[float]:
    """Play a walk; return the seconds each submission took."""
    wizard, took = Wizard(place.desk()), []
    await wizard.start()
    for move in walk.moves:
        if isinstance(move, Fill):
            wizard.note(move.field, said(move.value, await place.messages()))
        if isinstance(move, Do):
            started = time.perf_counter()
            await wizard.submit(move.action)
            took.append(time.perf_counter() - started)
    return took


async def _runs() -> list[list[float]]:
    runs = []
    for _ in range(RUNS + 1):
        with tempfile.TemporaryDirectory() as folder:
            async with embedded(Path(folder), WALKS[0]) as place:
                runs.append(await _walk(WALKS[0], place))
    return runs[1:]


def measure() -> list[tuple[str, str, str]]:
    """Return rows: what, how much, and the promise."""
    runs = asyncio.run(_runs())
    steps = sorted(step for run in runs for step in run)
    whole = statistics.median(map(sum, runs))
    return [
        ("embedded journey, no hashing nor typing", f"{whole * 1e3:.1f} ms", "< 30 ms"),
        ("embedded step, p50", f"{statistics.median(steps) * 1e3:.2f} ms", "< 1 ms"),
        ("embedded step, p99", f"{steps[int(len(steps) * 0.99)] * 1e3:.2f} ms", "< 10 ms"),
    ]


if __name__ == "__main__":
    for row in measure():
        print(*row, sep=" | ")
