"""Whether the time of an answer tells who is known (security.md S15): medians, interleaved."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

from espace_tui.activation.hasher import SERVICE
from espace_tui.activation.office import Invitee
from espace_tui.backends.embedded import Embedded
from espace_tui.clock import MovableClock
from espace_tui.errors import Refused
from espace_tui.session import Channel
from espace_tui.validators.card_serial import CardKind

PAIRS = 200
DAY = date(1984, 5, 12)


def nir(number: int) -> str:
    """Return a fictitious NIR with a right key."""
    body = f"2840588{number:06}"
    return f"{body}{97 - int(body) % 97:02}"


async def _refused(call: Awaitable[object]) -> float:
    started = time.perf_counter()
    with suppress(Refused):
        await call
    return time.perf_counter() - started


async def _difference(
    clock: MovableClock, way: Callable[[int], Awaitable[object]], far: int
) -> float:
    """Ask about known and unknown people in turn; return how far the medians are, in ms."""
    known, unknown = [], []
    for number in range(PAIRS):
        known.append(await _refused(way(number)))
        unknown.append(await _refused(way(far + number)))
        clock.move(seconds=60)
    return abs(statistics.median(known) - statistics.median(unknown)) * 1e3


async def _measure(folder: Path) -> list[tuple[str, str, str]]:
    clock = MovableClock(datetime(2026, 11, 23, 9, tzinfo=UTC))
    backend = Embedded(folder / "data", clock=clock, cost=SERVICE)
    people = [
        Invitee("Camille", "Exemple", DAY, nir(n), CardKind.PHOTO, f"{n:011}", f"p{n}@exemple.fr")
        for n in range(PAIRS)
    ]
    for person in people:
        await backend.office.invite(person)
    far = PAIRS + 1
    ways: dict[str, Callable[[int], Awaitable[object]]] = {
        "provisional code": lambda n: backend.activation.identify("aB3dE5fG7hJ9", nir(n)),
        "forgotten identifier": lambda n: backend.recovery.send_identifier(
            DAY, nir(n), Channel.EMAIL
        ),
        "new provisional code": lambda n: backend.recovery.request_code(
            DAY, nir(n), CardKind.PHOTO, "99999999999", Channel.EMAIL
        ),
    }
    rows = []
    for name, way in ways.items():
        found = await _difference(clock, way, far)
        rows.append((f"known or not, {name}", f"{found:.2f} ms", "< 2 ms"))
    await backend.aclose()
    return rows


def measure() -> list[tuple[str, str, str]]:
    """Return rows: what, how far apart the medians are, the promise."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder)))


if __name__ == "__main__":
    for row in measure():
        print(*row, sep=" | ")
