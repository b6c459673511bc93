"""Shift forgotten on an AZERTY keyboard: what it would have given is offered, nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace_tui.validators.azerty import BELGIUM, FRANCE, meant


@pytest.mark.parametrize("row", [FRANCE, BELGIUM])
def test_every_sign_of_the_row_is_the_digit_of_its_key(row: str) -> None:
    assert meant(row) == "1234567890"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("é((à_&'&-_àé(\"_", "255081416802538"),
        ("é (( à_ &' &-_ àé( \"_", "2 55 08 14 168 025 38"),
        ("é(( 08", "255 08"),
        ("é((2A", "2552A"),
    ],
)
def test_a_number_typed_without_shift_is_understood(typed: str, said: str) -> None:
    assert meant(typed) == said


@pytest.mark.parametrize(
    "typed",
    ["", "2 55 08 14 168 025 38", "2-55-08", "l'été", "'--'", "é", "éà", "bonjour à é è", "é((x"],
)
def test_what_is_no_slip_is_left(typed: str) -> None:
    assert meant(typed) is None


@given(st.text())
def test_any_text_gives_digits_or_nothing(text: str) -> None:
    found = meant(text)
    assert found is None or set(found) <= set("0123456789 .ABab")
