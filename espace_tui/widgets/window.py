"""What of a long line can be seen at once: a few characters around the caret, whatever its length.

`cells(i)` is the width of character `i`; only those near the caret are ever measured.

    >>> window(lambda _: 1, size=100, caret=50, width=11, start=0)
    (40, 51)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

Cells = Callable[[int], int]


def window(cells: Cells, *, size: int, caret: int, width: int, start: int) -> tuple[int, int]:
    """Return where what is visible begins and ends, given where it began before.

    The caret always fits, after the last character too; no room is left while there is more.
    """
    first = caret - _fitting(cells, range(caret - 1, -1, -1), width - 1)
    first = min(max(first, start), caret)
    last = first + _fitting(cells, range(first, size), width)
    if last == size:
        first = min(first, size - _fitting(cells, range(size - 1, -1, -1), width - 1))
    return first, last


def _fitting(cells: Cells, indexes: Iterable[int], width: int) -> int:
    """Return how many of these characters fit, one after another."""
    count = 0
    for index in indexes:
        width -= cells(index)
        if width < 0:
            break
        count += 1
    return count
