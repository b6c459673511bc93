"""What a helper asks of a counter between two people: its counts, its computer, blank sheets.

It belongs to the process of a visit, before anybody sits down. `handouts` is imported when a sheet
is written.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from datetime import datetime
from importlib import import_module
from pathlib import Path

from espace_tui.counter import computer, scrollback
from espace_tui.counter.tally import Tally, hidden_small, month_of, shown_of
from espace_tui.counter.visit import WORDS
from espace_tui.errors import Unreachable
from espace_tui.local.private_files import os_errors
from espace_tui.local.settings.paths import LocalPaths

SHEET_NAME = "aide-memoire{variant}{suffix}"
CountRow = tuple[str, str, int | None]


class CounterDesk:
    """The counter itself, as its steps see it; nothing of it is anybody's."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.counted: tuple[CountRow, ...] = ()
        self.risks: tuple[tuple[str, bool, str], ...] = ()
        self.written = ""

    @property
    def needs_alternate_screen(self) -> bool:
        """Whether this terminal keeps erased lines, so that a visit line by line needs another."""
        folder = LocalPaths.from_environment(self._environment).state_folder
        return scrollback.keeps(self._environment, folder)

    async def read_counts(self) -> None:
        """Read this month's counts."""
        month = month_of(datetime.now().astimezone())
        self.counted = tuple(in_order(Tally(tally_file(self._environment)).read().get(month, {})))

    async def look_at_computer(self) -> None:
        """Look for what would keep traces here."""
        folder = LocalPaths.from_environment(self._environment).state_folder
        found = await asyncio.to_thread(computer.unsafe, self._environment, folder)
        self.risks = tuple((risk.code, risk.refused, risk.how) for risk in found)

    async def write_handout(self, other: str, kind: str, folder: str) -> None:
        """Write the blank sheet in a folder that is there, by default one's own."""
        self.written = await asyncio.to_thread(self._write_sheet, other, kind, folder)

    def _write_sheet(self, other: str, kind: str, folder: str) -> str:
        handouts = import_module("espace_tui.counter.handouts")
        easy, french = kind == "easy", other == "fr"
        first = handouts.load_sheet("fr", easy=easy)
        second = None if french else handouts.load_sheet(other, easy=easy)
        write = handouts.as_text if kind == "text" else handouts.as_page
        variant = ("" if french else f"-{other}") + ("-facile" if easy else "")
        suffix = ".txt" if kind == "text" else ".html"
        home = Path(self._environment.get("HOME") or Path.home())
        path = home / Path(folder).expanduser() / SHEET_NAME.format(variant=variant, suffix=suffix)
        if path.is_symlink():
            raise Unreachable("store-foreign", path=str(path))
        with os_errors():
            path.write_text(write(first, second), "utf-8", newline="\n")
        return str(path)


def tally_file(environment: Mapping[str, str]) -> Path:
    """Return the file of the counts."""
    return LocalPaths.from_environment(environment).state_folder / "tally.json"


def in_order(counts: Mapping[str, int]) -> Iterator[CountRow]:
    """Yield the counts of a month in the order of the lists, the visits first."""
    if "visits" in counts:
        yield "visits", "all", hidden_small(counts["visits"])
    for key, words in WORDS.items():
        found = {word: number for word in words if (number := counts.get(f"{key}={word}"))}
        for word, number in shown_of(found).items():
            yield key, word, number
