"""What a service gives: journeys per second, where the CPU goes, latency, crowd, memory."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from uvicorn.loops.auto import auto_loop_factory

from bench.floor import rounds as least
from bench.load import Client
from bench.service import (
    CORES,
    CROWD,
    HASHES,
    PEOPLE,
    ROUNDS,
    WALKERS,
    Served,
    Town,
    argon2_per_second,
    cpu,
    crowd,
    hashing_cpu,
    load,
    options_of,
    postgres_pids,
    served,
    step_p50,
)
from espace_tui.service.server import open_rules
from tests.postgres import Cluster, find_programs

PEAK = 65_000_000 / 42 / 10 / 3600
"""Journeys a second: 65 million people in six weeks, and an hour that takes a tenth of its day."""
FLOORS = 3
Row = tuple[str, str, str]


@dataclass
class Ground:
    """A PostgreSQL of the bench's own, and a folder for the keys."""

    cluster: Cluster
    folder: str

    def database(self) -> str:
        """Return the address of a new database, migrated."""
        url = self.cluster.new_database()
        asyncio.run(self._migrate(url))
        return url

    async def _migrate(self, url: str) -> None:
        rules = open_rules(options_of(url, self.folder, 0))
        await rules.means.store.migrate()
        await rules.aclose()


@contextmanager
def ground(*, durable: bool = True) -> Iterator[Ground | None]:
    """Start a PostgreSQL, where there is one; not durable, a crowd registers sooner."""
    programs = find_programs()
    if programs is None:
        yield None
        return
    cluster = Cluster(programs, durable=durable)
    cluster.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            yield Ground(cluster, folder)
    finally:
        cluster.remove()


@dataclass
class Round:
    """What one round measured: journeys a second, and the CPU seconds of each, without the load's.

    `hashing` is what the threads that hash used of it, `loop` the journeys a second that an argon2
    loop would make if hashing were all, just before and after.
    """

    one: float
    two: float
    loop: float
    cpu: float
    hashing: float
    light: list[float]


def rounds(ground: Ground, found: list[Served], url: str) -> Iterator[Round]:
    """Load one process, then two others, between argon2 loops; time and again.

    What a machine gives changes from one second to the next: only what is measured together is
    compared.
    """
    rules = open_rules(options_of(url, ground.folder, 0))
    town, (first, *others) = Town(rules), found
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        people = runner.run(town.invite(ROUNDS * 2 * PEOPLE + 4 * WALKERS))

        def walk(many: int, these: list[Served]) -> tuple[float, Client]:
            some = [people.pop() for _ in range(many)]
            return runner.run(load(town, some, [each.port for each in these]))

        walk(2 * WALKERS, [first])  # connections, plans and code are ready after it
        walk(2 * WALKERS, others)
        pids = [first.process.pid, *postgres_pids(ground.cluster)]
        before = argon2_per_second()
        for _ in range(ROUNDS):
            used, hashed = cpu(pids), hashing_cpu(first.process.pid)
            one, told = walk(PEOPLE, [first])
            used, hashed = cpu(pids) - used, hashing_cpu(first.process.pid) - hashed
            two, _ = walk(PEOPLE, others)
            after = argon2_per_second()
            light = [second for each in told.seconds.values() for second in each]
            loop, before = (before + after) / 2 / HASHES, after
            per = (used / PEOPLE, hashed / PEOPLE)
            yield Round(one, two, loop, *per, light)
        runner.run(rules.aclose())


def _peak(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


async def _p50(ground: Ground, url: str, port: int) -> float:
    rules = open_rules(options_of(url, ground.folder, 0))
    found = await step_p50(Town(rules), port)
    await rules.aclose()
    return found


def crowded(ground: Ground) -> tuple[float, float]:
    """Return a light step's median among a thousand people, and among a million."""
    found = []
    for many in (1000, CROWD):
        url = ground.database()
        crowd(ground.cluster, url.split("/")[3].split("?")[0], many)
        with served(url, ground.folder, 1) as (one,):
            found.append(asyncio.run(_p50(ground, url, one.port)))
    return found[0], found[1]


def measure() -> Iterator[Row]:
    """Yield rows: what, how much, the promise."""
    with ground() as place:
        if place is None:
            yield "service", "no PostgreSQL on this machine", ""
            return
        url = place.database()
        with served(url, place.folder, 3) as found:
            told = list(rounds(place, found, url))
            peak = _peak(found[0].process.pid)
        yield from _told(told, peak)
        floor = list(least(url, place.cluster, FLOORS))
        rate, share = (median(each) for each in zip(*floor, strict=True))
        yield "the same calls with nothing in them / argon2 loop", f"{rate:.2f}", ""
        yield "hashing in their CPU", f"{share:.0%}", ""
    with ground(durable=False) as place:
        if place:
            few, many = crowded(place)
            ratio = _of(many * 1e3, few * 1e3, "ms")
            yield "a step among 1,000,000 people / 1,000", ratio, "≤ 1.2"


def _told(told: list[Round], peak: float) -> Iterator[Row]:
    """Yield how fast, and where the CPU, the time and the memory of a process go."""
    room = (60 + 19 * CORES) * 1.2
    light = sorted(second for each in told for second in each.light)
    p99 = light[int(len(light) * 0.99)]
    rate, used = (median(getattr(each, name) for each in told) for name in ("one", "cpu"))
    share = median(each.hashing / each.cpu for each in told)
    yield "journeys/s, one process / argon2 loop", _ratio(told, "one", "loop"), "≥ 0.65"
    yield "hashing in the CPU of a journey", f"{share:.0%} of {used * 1e3:.0f} ms", "≥ 68 %"
    yield "light requests while saturated, p99", f"{p99 * 1e3:.1f} ms", "< 25 ms"
    yield "memory of a process", f"{peak:.0f} MB", f"≤ {room:.0f} MB"
    yield "journeys a day on this machine", f"{rate * 86400:,.0f}", ""
    cores = f"{PEAK * used:.1f} ({PEAK:.0f} journeys/s of {used * 1e3:.0f} ms)"
    yield "cores for a country's busiest hour", cores, "docs/operating.md"
    yield "journeys/s, two processes / one", _ratio(told, "two", "one"), "≥ 0.95"


def _ratio(told: list[Round], mine: str, other: str) -> str:
    """Return the median of a ratio over the rounds, then each of them."""
    each = [getattr(one, mine) / getattr(one, other) for one in told]
    return f"{median(each):.2f} ({', '.join(f'{ratio:.2f}' for ratio in each)})"


def _of(mine: float, other: float, unit: str) -> str:
    return f"{mine / other:.2f} ({mine:.2f} / {other:.2f} {unit})"


if __name__ == "__main__":
    print(os.cpu_count(), "cores")
    for row in measure():
        print(*row, sep=" | ")
