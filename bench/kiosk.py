"""The kiosk's page: its first paragraph, an answer, the memory of a person, twenty at once."""

from __future__ import annotations

import json
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from websockets.sync.client import ClientConnection

from tests.kiosk.test_frames import page, read_question
from tests.kiosk.visitor import Kiosk, serving

RUNS, ANSWERS, CROWD = 7, 20, 20


def measure() -> Iterator[tuple[str, str, str]]:
    """Yield what was measured, how much it was, and the promise."""
    people = {"ESPACE_KIOSK_PEOPLE": str(CROWD + 1)}
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "home", "--exercise", **people) as kiosk,
    ):
        begun = statistics.median(_seconds_to_begin(kiosk) for _ in range(RUNS))
        yield "kiosk, first paragraph", f"{begun:.2f} s", "0.5 s"
        with page(kiosk) as link:
            took = sorted(_answer(link, read_question(link), ANSWERS))
            yield "kiosk, an answer (p95)", f"{took[-2] * 1e3:.0f} ms", "100 ms"
            yield "kiosk, memory of a person", f"{_memory(kiosk.person()):.0f} MB", "40 MB"
        worst = max(_crowd(kiosk))
        yield f"kiosk, {CROWD} at once, slowest answer", f"{worst * 1e3:.0f} ms", "500 ms"


def _seconds_to_begin(kiosk: Kiosk) -> float:
    """Return how long after a visit begins its first paragraph comes."""
    token, started = kiosk.token(), time.perf_counter()
    with page(kiosk, token) as link:
        while "say" not in json.loads(link.recv()):
            pass
        return time.perf_counter() - started


def _answer(link: ClientConnection, question: dict[str, int], times: int) -> Iterator[float]:
    """Ask for help so many times; yield how long the next question took each time."""
    for _ in range(times):
        started = time.perf_counter()
        link.send(json.dumps({"answer": "?", "to": question["ask"]}))
        question = read_question(link)
        yield time.perf_counter() - started


def _memory(pid: int) -> float:
    """Return the memory of a process that no other one shares, in MB."""
    rolled = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+)", rolled)[0]) / 1000


def _crowd(kiosk: Kiosk) -> list[float]:
    """Serve a crowd, all of it answering at once; return how long each answer took."""

    def answer(link: ClientConnection) -> list[float]:
        return list(_answer(link, read_question(link), ANSWERS // 4))

    with ExitStack() as stack, ThreadPoolExecutor(CROWD) as pool:
        links = [stack.enter_context(page(kiosk)) for _ in range(CROWD)]
        return [each for took in pool.map(answer, links) for each in took]
