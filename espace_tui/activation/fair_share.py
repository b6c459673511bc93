"""A room that nobody takes whole: past a half, each caller has a small share of it and no more.

Where nobody is told apart (on one's own computer) the caller is None, and has the whole room.

    >>> room = FairShare(16)
    >>> [room.enter("one") for _ in range(9)].count(True), room.enter("other")
    (8, True)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

_PART = 8


class FairShare:
    """So many places."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._held: Counter[str | None] = Counter()
        self._taken = 0

    @property
    def taken(self) -> int:
        """How many places are taken."""
        return self._taken

    @contextmanager
    def place(self, caller: str | None) -> Iterator[bool]:
        """Hold a place until the end of the block; False if there was none."""
        has_place = self.enter(caller)
        try:
            yield has_place
        finally:
            if has_place:
                self.leave(caller)

    def enter(self, caller: str | None) -> bool:
        """Take a place; False if there is none left, or none for this caller."""
        if self._taken >= self._places:
            return False
        crowded = caller is not None and self._taken * 2 >= self._places
        if crowded and self._held[caller] >= max(self._places // _PART, 1):
            return False
        self._taken += 1
        self._held[caller] += 1
        return True

    def leave(self, caller: str | None) -> None:
        """Give a place back."""
        self._taken -= 1
        self._held[caller] -= 1
        if not self._held[caller]:
            del self._held[caller]
