"""A birth date and a number that differ are told, as two things to read again."""

from __future__ import annotations

from datetime import date

import pytest

from espace_tui.guide.birth_match import compare
from espace_tui.i18n import Text, Texts

NIR = "255081416802538"


@pytest.mark.parametrize(
    ("birth_date", "nir"),
    [
        (date(1955, 8, 14), NIR),
        (date(1955, 5, 14), "255301416802538"),
        (date(1955, 5, 14), ""),
        (date(1955, 5, 14), "2550A"),
    ],
)
def test_what_agrees_or_is_unknown_says_nothing(birth_date: date, nir: str) -> None:
    assert compare(birth_date, nir) is None


@pytest.mark.parametrize(
    ("birth_date", "nir", "said"),
    [
        (date(1955, 5, 14), NIR, "Le numéro dit août 1955, la date dit mai 1955"),
        (date(1956, 8, 14), NIR, "Le numéro dit août 1955, la date dit août 1956"),
        (date(1956, 8, 14), "255301416802538", "(mois inconnu) 1955"),
        (date(2001, 8, 14), "299081416802538", "août 1999, la date dit août 2001"),
    ],
)
def test_what_differs_is_told(birth_date: date, nir: str, said: str) -> None:
    found = compare(birth_date, nir)
    assert isinstance(found, Text)
    assert said in Texts("fr")(found)


def test_for_a_child_a_difference_is_normal() -> None:
    found = compare(date(2020, 5, 14), NIR, for_child=True)
    assert found is not None
    assert "normal pour un enfant" in Texts("fr")(found)
