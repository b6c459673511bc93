"""How texts wrap: what a no-break space joins stays together, whatever the width."""

from __future__ import annotations

import pytest

from espace_tui.widgets.text import wrapped

TEXT = "Nous lisons\u00a0: «\u00a0gmail.com\u00a0»\u202f? De 8\u00a0h\u00a030 à midi\u202f!\n\nOui."


@pytest.mark.parametrize("width", range(16, 60))
def test_no_line_begins_or_ends_with_a_mark_left_alone(width: int) -> None:
    lines = wrapped(TEXT, width)
    assert not [line for line in lines if line[:1] in set(":;?!»h")]
    assert not [line for line in lines if line.endswith("«")]
    assert max(map(len, lines)) <= width


def test_the_spaces_themselves_and_the_blank_lines_stay() -> None:
    assert wrapped(TEXT, 99) == TEXT.split("\n")


def test_what_is_longer_than_the_line_is_cut_and_nothing_is_lost() -> None:
    lines = wrapped("a\u00a0" * 30, 10)
    assert max(map(len, lines)) <= 10
    assert "".join(lines) == "a\u00a0" * 30
