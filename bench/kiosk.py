"""The kiosk's page: its first paragraph, an answer, the memory of a person, twenty at once."""

from __future__ import annotations

import json
import re
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from websockets.sync.client import ClientConnection

from espace_tui.cli.commands.demo import NIR, SERIALS
from tests.kiosk.test_frames import page, read_question
from tests.kiosk.visitor import Kiosk, serving

RUNS, ANSWERS, CROWD = 7, 20, 20
READING = 4.0
"""Seconds for which a crowd that came at once reads its first page."""
GUIDE_END = "Nothing was kept"
CHOSEN = "Canari8-Lampe"
ACTIVATION = (
    *("1", "", "", NIR, "", "1", SERIALS["photo"]),
    *("1", "yes", "", "1", "camille.exemple55", CHOSEN, CHOSEN, "", "1"),
)
"""The whole activation, as it is typed, but for the code that is in the message."""
_CODE = re.compile(r"\w{12}")


def measure() -> Iterator[tuple[str, str, str]]:
    """Yield what was measured, how much it was, and the promise."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "home", "--exercise") as kiosk,
    ):
        begun = statistics.median(_seconds_to_begin(kiosk) for _ in range(RUNS))
        yield "kiosk, first paragraph", f"{begun:.2f} s", "0.5 s"
        with page(kiosk) as link:
            took = sorted(_answer(link, read_question(link), ANSWERS))
            yield "kiosk, an answer (p95)", f"{took[-2] * 1e3:.0f} ms", "100 ms"
        kiosk.wait_until_nobody()
        with page(kiosk) as link:
            _activate(link)
            own, all_of_it = _memory(kiosk.person())
            found = f"{own:.0f} MB ({all_of_it:.0f} with what is shared)"
            yield "kiosk, memory of a person, once activated", found, "40 MB (PSS)"
    people = {"ESPACE_KIOSK_PEOPLE": str(CROWD)}
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "home", **people) as kiosk,
    ):
        worst = max(_crowd(kiosk))
        yield f"kiosk, {CROWD} through the guide, slowest answer", f"{worst * 1e3:.0f} ms", "500 ms"


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


def _read(link: ClientConnection) -> tuple[dict[str, object], list[str]]:
    """Read as far as the next question; return it, and what was said before."""
    said: list[str] = []
    while "ask" not in (frame := json.loads(link.recv())):
        said.append(frame.get("say", ""))
    return frame, said


def _send(link: ClientConnection, line: str, question: Mapping[str, object]) -> None:
    link.send(json.dumps({"answer": line, "to": question["ask"]}))


def _activate(link: ClientConnection) -> None:
    """Answer until the space is activated."""
    codes: list[str] = []
    for line in ACTIVATION:
        question, said = _read(link)
        codes += filter(_CODE.fullmatch, said)
        _send(link, codes[-1] if question["prompt"] == "Provisional code:" else line, question)
    _read(link)


def _memory(pid: int) -> tuple[float, float]:
    """Return the memory of a process, in MB: its own and its part of what is shared; and all."""
    rolled = Path(f"/proc/{pid}/smaps_rollup").read_text()
    pss, rss = (
        re.findall(rf"^{name}:\s+(\d+)", rolled, re.MULTILINE)[0] for name in ("Pss", "Rss")
    )
    return int(pss) / 1000, int(rss) / 1000


def _crowd(kiosk: Kiosk) -> list[float]:
    """Lead a crowd that came at once through the guide; return how long each answer took."""
    with ExitStack() as stack, ThreadPoolExecutor(CROWD) as pool:
        links = [stack.enter_context(page(kiosk)) for _ in range(CROWD)]
        return [each for took in pool.map(_follow_the_guide, links) for each in took]


def _follow_the_guide(link: ClientConnection) -> list[float]:
    """Answer what goes on until the end of the guide; return how long each answer took."""
    took: list[float] = []
    question, said = _read(link)
    time.sleep(READING)
    while GUIDE_END not in said:
        started = time.perf_counter()
        _send(link, "1" if "-" in str(question["prompt"]) else "", question)
        question, said = _read(link)
        took.append(time.perf_counter() - started)
    return took
