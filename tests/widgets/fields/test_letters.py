"""Large letters: one for each sign of a code, and no two alike."""

from __future__ import annotations

from string import ascii_letters, digits

from espace_tui.widgets.fields.letters import ROWS, SIGNS, large


def test_each_of_the_62_signs_has_its_own() -> None:
    assert set(SIGNS) == set(ascii_letters + digits)
    assert len(set(SIGNS.values())) == len(SIGNS)


def test_each_is_five_rows_of_one_width() -> None:
    for sign, drawn in SIGNS.items():
        rows = drawn.split("/")
        assert len(rows) == ROWS, sign
        assert len({len(row) for row in rows}) == 1, sign
        assert set(drawn) <= set("#./"), sign


def test_four_fit_a_small_screen_and_any_sign_is_seen() -> None:
    assert max(map(len, large("WMQ0").splitlines())) <= 38
    assert "@" in large("a@b")
