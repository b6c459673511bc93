"""Slots that nobody takes all: past a half, each caller has a small share of it and no more.

Where nobody is told apart (on one's own computer) the caller is None, and has them all.

    >>> share = FairShare(16)
    >>> [share.enter("one") for _ in range(9)].count(True), share.enter("other")
    (8, True)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

_PART = 8


class FairShare:
    """So many slots."""

    def __init__(self, slots: int) -> None:
        self._slots = slots
        self._held: Counter[str | None] = Counter()
        self._taken = 0

    @property
    def taken(self) -> int:
        """How many slots are taken."""
        return self._taken

    @contextmanager
    def slot(self, caller: str | None) -> Iterator[bool]:
        """Hold a slot until the end of the block; False if there was none."""
        has_slot = self.enter(caller)
        try:
            yield has_slot
        finally:
            if has_slot:
                self.leave(caller)

    def enter(self, caller: str | None) -> bool:
        """Take a slot; False if there is none left, or none for this caller."""
        if self._taken >= self._slots:
            return False
        crowded = caller is not None and self._taken * 2 >= self._slots
        if crowded and self._held[caller] >= max(self._slots // _PART, 1):
            return False
        self._taken += 1
        self._held[caller] += 1
        return True

    def leave(self, caller: str | None) -> None:
        """Give a slot back."""
        self._taken -= 1
        self._held[caller] -= 1
        if not self._held[caller]:
            del self._held[caller]
