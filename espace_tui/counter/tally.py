"""The counts of a counter: how many visits a month, under words of closed lists, and nothing else.

No day, no hour, no order and no crossing of two words: nobody can be found in them. They are kept
13 months, in a file of its owner only, under a lock: two counters of one computer add up. Where
nothing can be written, nothing is counted and nobody waits.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from espace_tui.counter.visit import WORDS, Visit
from espace_tui.errors import Unreachable
from espace_tui.local import private_files

MONTHS = 13
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
FEW = 5
"""Fewer than this is shown as « fewer than five »: a small number may point at somebody."""
WITHHELD = 0
"""In the place of a number that would tell a small one."""
Counts = dict[str, dict[str, int]]


class Tally:
    """The file of the counts."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, visit: Visit, month: str) -> bool:
        """Count a visit in a month (``2026-11``); tell whether that could be written.

        What is older than `MONTHS` is dropped, however seldom one counts.
        """
        with suppress(OSError, Unreachable):
            private_files.ensure_folder(self._path.parent)
            with self._locked():
                months = self.read()
                counts = months.setdefault(month, {})
                for key in ("visits", *(f"{key}={word}" for key, word in visit.words.items())):
                    counts[key] = counts.get(key, 0) + 1
                kept = {name: months[name] for name in sorted(months) if not _is_old(name, month)}
                private_files.write_atomic(self._path, json.dumps(kept, indent=1).encode())
            return True
        return False

    def read(self) -> Counts:
        """Return the counts by month; what is not a count of the lists is left out."""
        with suppress(OSError, ValueError, AttributeError):
            found = json.loads(self._path.read_text("utf-8"))
            return {
                month: dict(_clean(counts))
                for month, counts in found.items()
                if _MONTH.fullmatch(month)
            }
        return {}

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = os.open(
            self._path.with_suffix(".lock"), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600
        )
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def _clean(counts: Mapping[object, object]) -> Iterator[tuple[str, int]]:
    known = {f"{key}={word}" for key, words in WORDS.items() for word in words} | {"visits"}
    for key, number in counts.items():
        if key in known and isinstance(number, int) and number > 0:
            yield str(key), number


def month_of(day: datetime) -> str:
    """Return the month that a visit is counted in.

    >>> month_of(datetime(2026, 3, 9))
    '2026-03'
    """
    return f"{day:%Y-%m}"


def _is_old(name: str, month: str) -> bool:
    """Tell whether a month is not among the last `MONTHS`, the present one included."""
    (year, number), (this_year, this) = (map(int, each.split("-")) for each in (name, month))
    return 12 * (this_year - year) + this - number >= MONTHS


def hidden_small(number: int) -> int | None:
    """Return a number that may be shown; None for one that is too small."""
    return number if number >= FEW else None


def shown_of(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Return what may be shown of counts that add up to one that is shown.

    None is a small number; `WITHHELD` one that is not small, but from which, with their sum, a
    small one could be found.

    >>> shown_of({"finished": 20, "later": 6, "absent": 1})
    {'finished': 20, 'later': 0, 'absent': None}
    """
    hidden = {word: number for word, number in counts.items() if number < FEW}
    others = sorted(counts.items() - hidden.items(), key=lambda each: each[1])
    withheld: set[str] = set()
    while hidden and others and (len(hidden) == 1 or sum(hidden.values()) < FEW):
        word, number = others.pop(0)
        hidden[word] = number
        withheld.add(word)
    return {
        word: WITHHELD if word in withheld else hidden_small(number)
        for word, number in counts.items()
    }
