"""What a service gives: journeys per second, where the CPU goes, latency, crowd, memory."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher
from uvicorn.loops.auto import auto_loop_factory

from bench.service import (
    CORES,
    CROWD,
    HASHES,
    PEOPLE,
    Served,
    Town,
    argon2_per_second,
    cpu,
    crowd,
    load,
    options_of,
    postgres_pids,
    served,
    step_p50,
)
from espace_tui.activation.hasher import SERVICE
from espace_tui.service.opening import open_rules
from tests.postgres import Cluster, find_programs

PEAK = 65_000_000 / 42 / 10 / 3600
"""Journeys a second: 65 million people in six weeks, and an hour that takes a tenth of its day."""
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
class Run:
    """What one load measured."""

    rate: float
    cpu: float
    light: list[float]
    peak: float
    busy: int


async def _load(ground: Ground, url: str, found: list[Served]) -> Run:
    ports, pids = [each.port for each in found], [each.process.pid for each in found]
    rules = open_rules(options_of(url, ground.folder, 0))
    town = Town(rules)
    people = await town.invite(PEOPLE)
    before = cpu([*pids, *postgres_pids(ground.cluster)])
    seconds, told = await load(town, people, ports)
    used = (cpu([*pids, *postgres_pids(ground.cluster)]) - before) / PEOPLE
    await rules.aclose()
    light = sorted(second for each in told.seconds.values() for second in each)
    return Run(PEOPLE / seconds, used, light, max(map(_peak, pids)), told.busy)


def _peak(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def run(ground: Ground, processes: int) -> Run:
    """Load as many processes as asked, over a database of their own."""
    url = ground.database()
    with (
        served(url, ground.folder, processes) as found,
        asyncio.Runner(loop_factory=auto_loop_factory()) as runner,
    ):
        return runner.run(_load(ground, url, found))


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


def hash_cpu() -> float:
    """Return the CPU seconds of one hash."""
    hasher = PasswordHasher(SERVICE.rounds, SERVICE.kibibytes, 1)
    started = time.process_time()
    for _ in range(20):
        hasher.hash("Kv7-rTm2qe!")
    return (time.process_time() - started) / 20


def measure() -> Iterator[Row]:
    """Yield rows: what, how much, the promise."""
    with ground() as place:
        if place is None:
            yield "service", "no PostgreSQL on this machine", ""
            return
        before = argon2_per_second()
        one = run(place, 1)
        loop = (before + argon2_per_second()) / 2 / HASHES
        yield "journeys/s, one process / argon2 loop", _of(one.rate, loop, "/s"), "≥ 0.80"
        yield from _where(one)
        two = run(place, 2)
        yield "journeys/s, two processes / one", _of(two.rate, one.rate, "/s"), "≥ 1.00"
    with ground(durable=False) as place:
        if place:
            few, many = crowded(place)
            ratio = _of(many * 1e3, few * 1e3, "ms")
            yield "a step among 1,000,000 people / 1,000", ratio, "≤ 1.2"


def _where(one: Run) -> Iterator[Row]:
    """Yield where the CPU, the time and the memory of a process go."""
    share = HASHES * hash_cpu() / one.cpu
    room = (60 + 19 * CORES) * 1.2
    p99 = one.light[int(len(one.light) * 0.99)]
    yield "hashing in the CPU of a journey", f"{share:.0%} of {one.cpu * 1e3:.0f} ms", "≥ 90 %"
    yield "light requests while saturated, p99", f"{p99 * 1e3:.1f} ms", "< 25 ms"
    yield "memory of a process", f"{one.peak:.0f} MB", f"≤ {room:.0f} MB"
    yield "journeys a day on this machine", f"{one.rate * 86400:,.0f}", ""
    cores = f"{PEAK * one.cpu:.1f} ({PEAK:.0f} journeys/s of {one.cpu * 1e3:.0f} ms)"
    yield "cores for a country's busiest hour", cores, "docs/operating.md"


def _of(mine: float, other: float, unit: str) -> str:
    return f"{mine / other:.2f} ({mine:.2f} / {other:.2f} {unit})"


if __name__ == "__main__":
    print(os.cpu_count(), "cores")
    for row in measure():
        print(*row, sep=" | ")
