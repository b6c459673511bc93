"""Promises about a mobile number: France first, then every territory, never a landline."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace_tui.errors import InvalidValue
from espace_tui.i18n import Text, Texts
from espace_tui.validators import mobile
from tests.validators.writings import WRITINGS, written


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize(
    "label", ["{}", "Tél. : {}", "« {} »", "mobile {}.", "\ufeff{}\r\n", "(portable) {}"]
)
def test_any_writing_is_read(writing: str, label: str) -> None:
    text = label.format(written("06 39 98 12 34", writing))
    assert mobile.parse(text) == "+33639981234"
    assert mobile.normalize(text) == "0639981234"
    assert mobile.groups(text) == ("06", "39", "98", "12", "34")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+33 6 12 34 56 78", "+33612345678"),
        ("+33 (0)6 12 34 56 78", "+33612345678"),
        ("+33 0612345678", "+33612345678"),
        ("0033 6 12 34 56 78", "+33612345678"),
        ("07 61 23 45 67", "+33761234567"),
        ("+33 6 39 98 00 00", "+33639980000"),
        ("0692 12 34 56", "+262692123456"),
        ("+262 692 12 34 56", "+262692123456"),
        ("0690 12 34 56", "+590690123456"),
        ("0696 12 34 56", "+596696123456"),
        ("0694 12 34 56", "+594694123456"),
        ("+508 55 12 34", "+508551234"),
        ("+687 75 12 34", "+687751234"),
        ("+681 82 12 34", "+681821234"),
        ("87 12 34 56", "+68987123456"),
        ("Appelez-moi au 06 12 34 56 78 après 18 h", "+33612345678"),
        ("Appelez-moi au +33 6 12 34 56 78 après 18 h", "+33612345678"),
    ],
)
def test_every_territory_is_tried(text: str, number: str) -> None:
    assert mobile.parse(text) == number
    assert mobile.parse(number) == number


@given(st.from_regex("063998[0-9]{4}", fullmatch=True))
def test_the_range_for_fiction_is_ours_for_demonstrations(number: str) -> None:
    assert mobile.parse(number) == f"+33{number[1:]}"
    assert mobile.parse(f"+33{number[1:]}") == f"+33{number[1:]}"


def test_a_number_of_two_places_asks_for_its_country_code() -> None:
    with pytest.raises(InvalidValue, match=r"mobile\.ambiguous") as caught:
        mobile.parse("82 12 34")
    said = Texts("fr")(Text("error.mobile.ambiguous", caught.value.values))
    assert "+687 et +681" in said


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("", ()),
        ("+", ("+",)),
        ("0639", ("06", "39")),
        ("06399", ("06", "39", "9")),
        ("+33", ("+33",)),
        ("+336", ("+33", "6")),
        ("+33639981234", ("+33", "6", "39", "98", "12", "34")),
        ("+262692123456", ("+262", "692", "12", "34", "56")),
        ("+687751234", ("+687", "75", "12", "34")),
        ("+447911123456", ("+4", "47", "91", "11", "23", "45", "6")),
    ],
)
def test_it_is_grouped_as_it_is_said(text: str, groups: tuple[str, ...]) -> None:
    assert mobile.groups(text) == groups


@pytest.mark.parametrize(
    "text", ["06 39 98 12 3O", "demain", "12 34", "06 12 34 56 78 ou 07 61 23 45 67"]
)
def test_a_paste_that_is_no_number_is_kept_on_one_line(text: str) -> None:
    assert mobile.normalize(f" {text}\n") == text
