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
        ("612345678", "+33612345678"),
        ("33612345678", "+33612345678"),
        ("639981234", "+33639981234"),
        ("33639981234", "+33639981234"),
        ("+33 06 39 98 12 34", "+33639981234"),
        ("0033 06 39 98 12 34", "+33639981234"),
        ("262692123456", "+262692123456"),
        ("692123456", "+262692123456"),
        ("687751234", "+33687751234"),
        ("0691 22 12 34", "+590691221234"),
        ("0697 12 34 56", "+596697123456"),
        ("07 09 00 12 34", "+590709001234"),
        ("07 09 10 12 34", "+596709101234"),
        ("07 09 20 12 34", "+262709201234"),
        ("07 09 30 12 34", "+594709301234"),
        ("07 09 31 12 34", "+594709311234"),
        ("07 09 32 12 34", "+594709321234"),
        ("07 09 33 12 34", "+594709331234"),
        ("07 09 35 12 34", "+262709351234"),
        ("07 09 36 12 34", "+262709361234"),
        ("07 09 37 12 34", "+262709371234"),
        ("07 08 40 12 34", "+508708401234"),
        ("07 08 50 12 34", "+508708501234"),
        ("+508 708 40 12 34", "+508708401234"),
        ("07 08 12 34 56", "+33708123456"),
        ("+689 87 12 34 56", "+68987123456"),
        ("06 12 34 56 78 / 01 23 45 67 89", "+33612345678"),
        ("01 23 45 67 89 ou 06 12 34 56 78", "+33612345678"),
        ("0123456789 0612345678", "+33612345678"),
        ("01 23 45 67 89 +33 6 12 34 56 78", "+33612345678"),
        ("06 12 34 56 78, 0612345678", "+33612345678"),
        ("06 12 34 56 78, +33 6 12 34 56 78", "+33612345678"),
        ("Portable 1 : 06 12 34 56 78", "+33612345678"),
        ("Portable 2 : 612345678", "+33612345678"),
        ("Tél.1 0692 12 34 56", "+262692123456"),
        ("0612345678-0123456789", "+33612345678"),
        ("0612345678.0", "+33612345678"),
        ("612345678,0", "+33612345678"),
        ("262692123456.0", "+262692123456"),
        ("0033612345678.0", "+33612345678"),
        ("00262692123456,00", "+262692123456"),
        ("06 12 34 56 78 (poste 12)", "+33612345678"),
        ("+508 55 12 34 (poste 12)", "+508551234"),
        ("+687 75 12 34 / 2026", "+687751234"),
        ("06-12-34-56-78 le 03/01/1984", "+33612345678"),
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
        ("Appelez-moi au 0033 6 12 34 56 78 après 18 h", "+33612345678"),
        ("Appelez-moi au +33 (0)6 12 34 56 78 après 18 h", "+33612345678"),
        ("Appelez-moi au +262 ( 0 ) 692 12 34 56 après 18 h", "+262692123456"),
        ("Appelez-moi au +33 (0) 6 12 34 56 78 après 18 h", "+33612345678"),
    ],
)
def test_every_territory_is_tried(text: str, number: str) -> None:
    assert mobile.parse(text) == number
    assert mobile.parse(number) == number


@given(st.from_regex("063998[0-9]{4}", fullmatch=True))
def test_the_range_for_fiction_is_ours_for_demonstrations(number: str) -> None:
    assert mobile.parse(number) == f"+33{number[1:]}"
    assert mobile.parse(f"+33{number[1:]}") == f"+33{number[1:]}"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("07 12 34 56 78", "+33712345678"),
        ("07 00 12 34 56", "+33700123456"),
        ("06 97 98 76 54", "+596697987654"),
        ("0693 37 25 00", "+262693372500"),
        ("+262 693 37 25 00", "+262693372500"),
        ("0639 12 34 56", "+262639123456"),
        ("0694 51 12 34", "+594694511234"),
        ("+594 694 51 12 34", "+594694511234"),
        ("+681 40 12 34", "+681401234"),
        ("+681 80 12 34", "+681801234"),
        ("+689 10 12 34 56", "+68910123456"),
    ],
)
def test_a_range_the_tables_do_not_know_is_never_refused(text: str, number: str) -> None:
    assert mobile.parse(text) == mobile.parse(number) == number
    advice = [each.text.id for each in mobile.advise(number)]
    assert advice == ([] if number.startswith("+596") else ["advice.mobile.range"])


@pytest.mark.parametrize("number", ["+33612345678", "+33639981234", "+262692123456", "+687751234"])
def test_a_known_number_and_one_for_fiction_need_no_second_look(number: str) -> None:
    assert mobile.advise(number) == ()
    assert mobile.advise("") == mobile.advise("+0") == mobile.advise("+") == ()


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("+33 6 92 11 22 33", "+262 692 11 22 33"),
        ("+33 6 39 12 34 56", "+262 639 12 34 56"),
        ("+262 6 12 34 56 78", "+33 6 12 34 56 78"),
        ("+596 690 12 34 56", "+590 690 12 34 56"),
    ],
)
def test_a_country_code_that_contradicts_the_number_names_the_right_one(
    text: str, right: str
) -> None:
    with pytest.raises(InvalidValue, match=r"mobile\.prefix") as caught:
        mobile.parse(text)
    assert caught.value.values == {"suggestion": right}
    assert mobile.parse(right)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("06 12 34 56", 8),
        ("06 12 34 56 78 9", 11),
        ("+33 6 12 34", 6),
        ("+681 72 12", 4),
        ("+687 72 12", 4),
        ("+689 72 12", 4),
        ("+508 55 12", 4),
        ("+33 6123456789012", 14),
        ("+33 61234567890123", 16),
        ("0612345678901234", 16),
        ("+33 00 6 12 34 56", 9),
    ],
)
def test_a_wrong_length_counts_the_digits_of_the_number_alone(text: str, found: int) -> None:
    with pytest.raises(InvalidValue, match=r"mobile\.length") as caught:
        mobile.parse(text)
    assert caught.value.values == {"found": found}


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
        ("+508551234", ("+508", "55", "12", "34")),
        ("+681821234", ("+681", "82", "12", "34")),
        ("+68987123456", ("+689", "87", "12", "34", "56")),
        ("+590690123456", ("+590", "690", "12", "34", "56")),
        ("+594694123456", ("+594", "694", "12", "34", "56")),
        ("+596696123456", ("+596", "696", "12", "34", "56")),
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


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 23 45", "1 23 45"),
        ("12 34 56", "123456"),
        ("1234 5678 9012 345", "123456789012345"),
        ("1234 5678 9012 3456", "1234 5678 9012 3456"),
        ("+1234 5678 9012 345", "+123456789012345"),
    ],
)
def test_a_paste_of_a_likely_length_is_put_together(text: str, number: str) -> None:
    assert mobile.normalize(text) == number


def test_a_country_code_apart_from_its_number_is_a_part_of_it() -> None:
    assert mobile.parse("262 692123456") == "+262692123456"
    with pytest.raises(InvalidValue, match=r"^mobile\.prefix$"):
        mobile.parse("262 612345678")


@pytest.mark.parametrize(
    ("first", "code"),
    [("01 23 45 67 89", "mobile.landline"), ("+44 7911 123456", "mobile.foreign")],
)
def test_of_several_numbers_that_are_no_mobile_the_first_is_the_one_refused(
    first: str, code: str
) -> None:
    for other in ("+44 7911 123457", "02 23 45 67 89"):
        with pytest.raises(InvalidValue) as wrong:
            mobile.parse(f"{first} / {other}")
        assert wrong.value.code == code


def test_a_number_is_not_taken_from_beside_digits_of_another_script() -> None:
    text = "\u0663 06 39 98 12 34"
    assert mobile.normalize(text) == text


def test_the_first_of_several_numbers_is_the_one_read_aloud() -> None:
    assert mobile.groups("06 39 98 12 34 / 07 00 00 00 00")[:2] == ("06", "39")


def test_only_the_sign_of_another_country_is_a_plus() -> None:
    assert mobile.parse("0033 6 39 98 00 34") == "+33639980034"


@pytest.mark.parametrize(
    ("number", "read"),
    [
        ("+33639980199", "06 39 98 01 99"),
        ("+262692123456", "+262 692 12 34 56"),
        ("+33", "+33"),
        ("", ""),
        ("zoe@exemple.fr", "zoe@exemple.fr"),
    ],
)
def test_a_number_is_shown_as_people_read_it(number: str, read: str) -> None:
    assert mobile.as_read(number) == read
