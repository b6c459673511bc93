"""Promises about the serial number: 11 or 21 digits with photo, 8 to 13 without, misreads named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace_tui.errors import InvalidValue
from espace_tui.i18n import Text
from espace_tui.validators import card_serial
from espace_tui.validators.card_serial import PREFIX, CardKind, SerialRules
from tests.validators.cases import ZOE
from tests.validators.writings import WRITINGS, written

LABELS = (
    *("{}", "N° de série : {}", "« {} »", "Série n° {}."),
    *("Carte n° 2 : {}", "Carte 1={}", "1) {}", "carte2 {}"),
)


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize("label", LABELS)
def test_any_writing_of_a_card_with_photo_is_read(writing: str, label: str) -> None:
    for number in ("1234567890 1", "8025000002 1234567890 1"):
        text = label.format(written(number, writing))
        assert card_serial.parse(text, CardKind.PHOTO) == "12345678901"
        assert card_serial.normalize(text, CardKind.PHOTO) == "12345678901"
        assert card_serial.groups(text, CardKind.PHOTO) == ("12345", "67890", "1")


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize("label", LABELS)
def test_any_writing_of_a_card_without_photo_is_read(writing: str, label: str) -> None:
    text = label.format(written("1234 5678 9", writing))
    assert card_serial.parse(text, CardKind.PLAIN) == "123456789"
    assert card_serial.normalize(text, CardKind.PLAIN) == "123456789"
    assert card_serial.groups(text, CardKind.PLAIN) == ("1234", "5678", "9")


@given(st.from_regex("[13-79][0-9]{10}", fullmatch=True))
def test_every_number_of_a_card_with_photo_is_read(number: str) -> None:
    assert card_serial.parse(number, CardKind.PHOTO) == number
    assert card_serial.parse(PREFIX + number, CardKind.PHOTO) == number
    assert card_serial.advise(number, CardKind.PHOTO) == ()
    assert "".join(card_serial.groups(number, CardKind.PHOTO)) == number


@given(st.from_regex("[0-9]{8,9}", fullmatch=True))
def test_a_number_that_may_be_real_is_never_refused(number: str) -> None:
    """Eight or nine digits may coincide with a date or with the NIR by accident."""
    assert card_serial.parse(number, CardKind.PLAIN, nir=ZOE) == number


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        ("03012020", ["advice.serial.date"]),
        ("31121999", ["advice.serial.date"]),
        ("32121999", []),
        ("28405883", ["advice.serial.nir"]),
        ("840588321", ["advice.serial.nir"]),
        ("80250000", ["advice.serial.issuer"]),
        ("12345678", []),
        ("1234", []),
        ("84058", []),
    ],
)
def test_what_it_also_looks_like_is_advice(number: str, advice: list[str]) -> None:
    found = card_serial.advise(number, CardKind.PLAIN, ZOE)
    assert [each.text.id for each in found] == advice


def test_a_misread_is_named_with_or_without_the_nir() -> None:
    assert card_serial.parse("40588321025", CardKind.PHOTO) == "40588321025"
    with pytest.raises(InvalidValue, match=r"serial\.nir"):
        card_serial.parse("40588321025", CardKind.PHOTO, nir=ZOE)
    with pytest.raises(InvalidValue, match=r"serial\.length"):
        card_serial.parse("8405", CardKind.PHOTO, nir=ZOE)


def test_the_number_is_found_beside_a_date() -> None:
    text = "Carte émise le 03/01/2020\nN° 8025000002 1234567890 1"
    assert card_serial.parse(text, CardKind.PHOTO) == "12345678901"
    assert card_serial.normalize(text, CardKind.PHOTO) == "12345678901"


def test_before_the_kind_is_known_nothing_is_taken_away() -> None:
    assert card_serial.normalize("8025000002 1234567890 1") == "802500000212345678901"
    assert card_serial.normalize("N° 1234 5678", None) == "12345678"


@pytest.mark.parametrize("text", ["", "12 34", "12 34 AB", "1234567A", "8025000002 12345678901 22"])
def test_a_paste_that_is_no_number_is_kept_on_one_line(text: str) -> None:
    assert card_serial.normalize(f" {text}\n", CardKind.PHOTO) == text


def test_the_rules_are_the_policy_s() -> None:
    rules = SerialRules(prefix="99", photo_length=4, plain_min=2, plain_max=3)
    assert card_serial.parse("99 1234", CardKind.PHOTO, rules=rules) == "1234"
    assert card_serial.parse("12", CardKind.PLAIN, rules=rules) == "12"
    with pytest.raises(InvalidValue, match=r"serial\.length"):
        card_serial.parse("1234", CardKind.PLAIN, rules=rules)


def test_the_kinds_are_named_as_everywhere() -> None:
    assert list(CardKind) == ["photo", "plain"]


def test_the_bounds_of_a_card_without_photo_are_open() -> None:
    for number in ("12345678", "1234567890123"):
        assert card_serial.parse(number, CardKind.PLAIN) == number


def test_nine_digits_of_the_nir_may_be_an_accident_ten_are_not() -> None:
    assert card_serial.parse("840588321", CardKind.PLAIN, nir=ZOE) == "840588321"
    with pytest.raises(InvalidValue, match=r"serial\.nir"):
        card_serial.parse("8405883210", CardKind.PLAIN, nir=ZOE)


def test_a_card_with_photo_needs_no_second_look() -> None:
    assert card_serial.advise("03012020", CardKind.PHOTO) == ()
    assert card_serial.advise("03012020123", CardKind.PHOTO) == ()


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (CardKind.PHOTO, Text("serial.expected.photo", {"length": 11, "prefix": "8025000002"})),
        (CardKind.PLAIN, Text("serial.expected.plain", {"min": 8, "max": 13})),
    ],
)
def test_every_refusal_says_what_is_expected_of_this_kind(kind: CardKind, expected: Text) -> None:
    for text in ("", "aide", "12", "12I", "é(&à", "1２"):
        with pytest.raises(InvalidValue) as caught:
            card_serial.parse(text, kind)
        assert caught.value.values["expected"] == expected


def test_the_number_of_a_card_with_photo_is_never_taken_for_a_part_of_the_nir() -> None:
    assert card_serial.advise("40588321025", CardKind.PHOTO, ZOE) == ()
