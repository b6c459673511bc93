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

from bench import empty_service
from bench.service import (
    CLIENTS,
    CORES,
    CROWD_SIZE,
    HASHES,
    PEOPLE,
    ROUNDS,
    Population,
    ServiceProcess,
    argon2_per_second,
    cpu_seconds,
    hashing_cpu_seconds,
    postgres_pids,
    register_crowd,
    run_journeys,
    running_services,
    service_options,
    step_p50,
)
from espace_tui.service.server import open_rules
from tests.postgres import Cluster, find_programs

PEAK = 65_000_000 / 42 / 10 / 3600
"""Journeys a second: 65 million people in six weeks, and an hour that takes a tenth of its day."""
EMPTY_ROUNDS = 3
Row = tuple[str, str, str]


@dataclass
class BenchPostgres:
    """A PostgreSQL of the bench's own, and a folder for the keys."""

    cluster: Cluster
    folder: str

    def create(self) -> str:
        """Return the address of a new database, migrated."""
        url = self.cluster.new_database()
        asyncio.run(self._migrate(url))
        return url

    async def _migrate(self, url: str) -> None:
        rules = open_rules(service_options(url, self.folder, 0))
        await rules.context.store.migrate()
        await rules.aclose()


@contextmanager
def postgres(*, durable: bool = True) -> Iterator[BenchPostgres | None]:
    """Start a PostgreSQL, where there is one; not durable, a crowd registers sooner."""
    programs = find_programs()
    if programs is None:
        yield None
        return
    cluster = Cluster(programs, durable=durable)
    cluster.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            yield BenchPostgres(cluster, folder)
    finally:
        cluster.remove()


@dataclass
class Round:
    """What one round measured: journeys a second, and the CPU seconds of each, without the load's.

    `hashing` is what the threads that hash used of it, `argon2_loop` the journeys a second that a
    loop of hashes would make if hashing were all, just before and after.
    """

    one_process: float
    two_processes: float
    argon2_loop: float
    cpu: float
    hashing: float
    light: list[float]


def measure_rounds(
    database: BenchPostgres, services: list[ServiceProcess], url: str
) -> Iterator[Round]:
    """Load one process, then two others, between argon2 loops; time and again.

    What a machine gives changes from one second to the next: only what is measured together is
    compared.
    """
    rules = open_rules(service_options(url, database.folder, 0))
    population, (first, *others) = Population(rules), services
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        people = runner.run(population.invite(ROUNDS * 2 * PEOPLE + 4 * CLIENTS))

        def run(
            count: int, processes: list[ServiceProcess]
        ) -> tuple[float, dict[str, list[float]]]:
            chosen = [people.pop() for _ in range(count)]
            return runner.run(
                run_journeys(population, chosen, [process.port for process in processes])
            )

        run(2 * CLIENTS, [first])  # connections, plans and code are ready after it
        run(2 * CLIENTS, others)
        pids = [first.process.pid, *postgres_pids(database.cluster)]
        before = argon2_per_second()
        for _ in range(ROUNDS):
            used, hashed = cpu_seconds(pids), hashing_cpu_seconds(first.process.pid)
            one, seconds = run(PEOPLE, [first])
            used, hashed = cpu_seconds(pids) - used, hashing_cpu_seconds(first.process.pid) - hashed
            two, _ = run(PEOPLE, others)
            after = argon2_per_second()
            light = [second for measured in seconds.values() for second in measured]
            loop, before = (before + after) / 2 / HASHES, after
            per = (used / PEOPLE, hashed / PEOPLE)
            yield Round(one, two, loop, *per, light)
        runner.run(rules.aclose())


def _peak_memory(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


async def _p50(database: BenchPostgres, url: str, port: int) -> float:
    rules = open_rules(service_options(url, database.folder, 0))
    found = await step_p50(Population(rules), port)
    await rules.aclose()
    return found


def step_among(database: BenchPostgres) -> tuple[float, float]:
    """Return a light step's median among a thousand people, and among a million."""
    found = []
    for count in (1000, CROWD_SIZE):
        url = database.create()
        register_crowd(database.cluster, url.split("/")[3].split("?")[0], count)
        with running_services(url, database.folder, 1) as (one,):
            found.append(asyncio.run(_p50(database, url, one.port)))
    return found[0], found[1]


def measure() -> Iterator[Row]:
    """Yield rows: what, how much, the promise."""
    with postgres() as database:
        if database is None:
            yield "service", "no PostgreSQL on this machine", ""
            return
        url = database.create()
        with running_services(url, database.folder, 3) as services:
            measured = list(measure_rounds(database, services, url))
            peak = _peak_memory(services[0].process.pid)
        yield from _service_rows(measured, peak)
        floor = list(empty_service.measure_rounds(url, database.cluster, EMPTY_ROUNDS))
        rate, share = (median(column) for column in zip(*floor, strict=True))
        yield "the same calls with nothing in them / argon2 loop", f"{rate:.2f}", ""
        yield "hashing in their CPU", f"{share:.0%}", ""
    with postgres(durable=False) as database:
        if database:
            few, many = step_among(database)
            ratio = _ratio_of(many * 1e3, few * 1e3, "ms")
            yield "a step among 1,000,000 people / 1,000", ratio, "≤ 1.2"


def _service_rows(measured: list[Round], peak: float) -> Iterator[Row]:
    """Yield how fast, and where the CPU, the time and the memory of a process go."""
    room = (60 + 19 * CORES) * 1.2
    light = sorted(second for one in measured for second in one.light)
    p99 = light[int(len(light) * 0.99)]
    rate, used = (median(getattr(one, name) for one in measured) for name in ("one_process", "cpu"))
    share = median(one.hashing / one.cpu for one in measured)
    yield (
        "journeys/s, one process / argon2 loop",
        _ratio(measured, "one_process", "argon2_loop"),
        "≥ 0.65",
    )
    yield "hashing in the CPU of a journey", f"{share:.0%} of {used * 1e3:.0f} ms", "≥ 68 %"
    yield "light requests while saturated, p99", f"{p99 * 1e3:.1f} ms", "< 25 ms"
    yield "memory of a process", f"{peak:.0f} MB", f"≤ {room:.0f} MB"
    yield "journeys a day on this machine", f"{rate * 86400:,.0f}", ""
    cores = f"{PEAK * used:.1f} ({PEAK:.0f} journeys/s of {used * 1e3:.0f} ms)"
    yield "cores for a country's busiest hour", cores, "docs/operating.md"
    yield (
        "journeys/s, two processes / one",
        _ratio(measured, "two_processes", "one_process"),
        "≥ 0.95",
    )


def _ratio(measured: list[Round], mine: str, other: str) -> str:
    """Return the median of a ratio over the rounds, then each of them."""
    ratios = [getattr(one, mine) / getattr(one, other) for one in measured]
    return f"{median(ratios):.2f} ({', '.join(f'{ratio:.2f}' for ratio in ratios)})"


def _ratio_of(mine: float, other: float, unit: str) -> str:
    return f"{mine / other:.2f} ({mine:.2f} / {other:.2f} {unit})"


if __name__ == "__main__":
    print(os.cpu_count(), "cores")
    for row in measure():
        print(*row, sep=" | ")
