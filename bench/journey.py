"""The embedded journey without hashing and typing: how long the whole, and each step, takes.

Most of it is waiting for the disk, whose own time is printed beside.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from pathlib import Path

from espace_tui.journey.wizard import Wizard
from tests.walks.catalogue import WALKS
from tests.walks.plain import resolve
from tests.walks.script import Do, Fill, Walk
from tests.walks.worlds import World, embedded

RUNS = 40
SYNCS = 5


async def _seconds_of_steps(walk: Walk, place: World) -> list[float]:
    """Play a walk; return the seconds each submission took."""
    wizard, took = Wizard(place.context()), []
    await wizard.start()
    for move in walk.moves:
        if isinstance(move, Fill):
            wizard.set_text(move.field, resolve(move.value, await place.messages()))
        if isinstance(move, Do):
            started = time.perf_counter()
            await wizard.submit(move.action)
            took.append(time.perf_counter() - started)
    return took


def _syncs() -> list[float]:
    """Return the seconds this disk takes to keep six more pages of a file: about a commit."""
    took = []
    with tempfile.TemporaryFile(buffering=0) as file:
        for _ in range(SYNCS):
            started = time.perf_counter()
            file.write(bytes(6 * 4096))
            os.fsync(file.fileno())
            took.append(time.perf_counter() - started)
    return took


async def _runs() -> tuple[list[list[float]], list[float]]:
    """Return the steps of each walk, and the disk's own time between them."""
    runs, syncs = [], []
    for _ in range(RUNS + 1):
        with tempfile.TemporaryDirectory() as folder:
            async with embedded(Path(folder), WALKS[0]) as place:
                runs.append(await _seconds_of_steps(WALKS[0], place))
        syncs += _syncs()
    return runs[1:], syncs


def _percentile(share: float, took: list[float]) -> str:
    return f"{sorted(took)[int(len(took) * share)] * 1e3:.2f} ms"


def measure() -> list[tuple[str, str, str]]:
    """Return rows: what, how much, and the promise."""
    runs, syncs = asyncio.run(_runs())
    steps = [step for run in runs for step in run]
    whole = [sum(run) for run in runs]
    return [
        ("embedded journey, no hashing nor typing", _percentile(0.5, whole), "< 30 ms"),
        ("embedded step, p50", _percentile(0.5, steps), "< 1 ms"),
        ("embedded step, p99", _percentile(0.99, steps), "< 10 ms"),
        (
            "one sync of this disk, p50 / p99",
            f"{_percentile(0.5, syncs)} / {_percentile(0.99, syncs)}",
            "",
        ),
    ]


if __name__ == "__main__":
    for row in measure():
        print(*row, sep=" | ")
