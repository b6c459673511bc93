"""What is visible of a line holds the caret, fits, and wastes no room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from espace_tui.widgets.window import window

CHARACTERS = st.lists(st.integers(0, 2), max_size=60)


@given(CHARACTERS, st.integers(0, 60), st.integers(3, 20), st.integers(0, 60))
def test_the_caret_is_seen_and_everything_fits(
    widths: list[int], caret: int, width: int, start: int
) -> None:
    caret = min(caret, len(widths))
    first, last = window(
        widths.__getitem__, size=len(widths), caret=caret, width=width, start=start
    )
    assert 0 <= first <= caret <= last <= len(widths)
    assert sum(widths[first:last]) <= width
    assert sum(widths[first:caret]) < width
    if first > 0:
        assert sum(widths[first - 1 : last]) >= width - 1 or last < len(widths)
