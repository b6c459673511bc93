"""How long a received message takes: one of 100 kB judged, an mbox of 10,000 listed."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from espace_tui.guide.message.process import read_letter, read_previews
from espace_tui.guide.message.sources import open_source
from tests.guide.message.letters import GENUINE_HTML, gmail
from tests.guide.message.test_sources import mbox

RUNS = 7
MESSAGES = 10_000
LINE = "<p>Bonjour, voici un texte assez ordinaire pour une lettre.</p>"


def measure() -> Iterator[tuple[str, str, str]]:
    """Yield what was measured, how much it was, and the promise."""
    large = gmail(html=GENUINE_HTML + LINE * (100_000 // len(LINE)))
    judged = statistics.median(_seconds(lambda: read_letter(large)) for _ in range(RUNS))
    yield "message of 100 kB, judged", f"{judged * 1e3:.0f} ms", "150 ms"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mbox"
        path.write_bytes(mbox(MESSAGES))
        listed = statistics.median(_seconds(lambda: _list(path)) for _ in range(RUNS))
        size = path.stat().st_size / 1e6
    yield f"mbox of {MESSAGES:,} messages ({size:.0f} MB), listed", f"{listed:.2f} s", "2 s"


def _list(path: Path) -> None:
    with open_source(path) as source:
        read_previews([source.head(index) for index in range(source.listed)])


def _seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
