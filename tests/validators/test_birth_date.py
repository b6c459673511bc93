"""Promises about a birth date: figures or words, day first, never a guess."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace_tui.errors import InvalidValue
from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.validators import birth_date

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(1897, 1, 1), TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "03/01/1984",
        "3/1/1984",
        "3.1.1984",
        "3-1-1984",
        "03 01 1984",
        "03\u202f01\u202f1984",
        "03\u201101\u20111984",
        "03011984",
        "1984-01-03",
        "1984/1/3",
        "19840103",
        "3 janvier 1984",
        "3 JANVIER 1984",
        "le mardi 3 janvier 1984",
        "Né le 3 janv. 1984.",
        "3 January 1984",
        "January 3, 1984",
        "January 3rd, 1984",
        "1984 janvier 3",
        "Date de naissance : 03/01/1984",
        "\ufeff03/01/1984\r\n",
    ],
)
def test_any_writing_is_read(text: str) -> None:
    assert birth_date.parse(text, TODAY) == date(1984, 1, 3)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1er février 1984", 2),
        ("1 août 1984", 8),
        ("1 AOÛT 1984", 8),
        ("1 de\u0301cembre 1984", 12),
    ],
)
def test_accents_may_be_written_anyhow(text: str, month: int) -> None:
    assert birth_date.parse(text, TODAY) == date(1984, month, 1)


@pytest.mark.parametrize(
    "text",
    [
        "03/05/1984 00:00",
        "03/05/1984 0:00:00",
        "03/05/1984 0h00",
        "1984-05-03T00:00:00.000Z",
        "1984-05-03T00:00",
        "1984-05-03 00:00:00",
        "1984-05-03 00:00:00 UTC",
        "1984-05-03 00:00:00+02:00",
        "1984-05-03T00:00:00,000+0200",
        "3 mai 1984, 00:00",
        "03/05/1984 00 h 00",
        "1984-05-03T00:00:00+02:00[Europe/Paris]",
        "Thu May 03 1984 00:00:00 GMT+0200 (heure d’été d’Europe centrale)",
    ],
)
def test_the_midnight_of_a_program_says_nothing_more(text: str) -> None:
    assert birth_date.parse(text, TODAY) == date(1984, 5, 3)


MONTHS = (
    "janvier january janv jan",
    "février february févr fév feb",
    "mars march mar",
    "avril april avr apr",
    "mai may",
    "juin june jun",
    "juillet july juil jul",
    "août august aug",
    "septembre september sept sep",
    "octobre october oct",
    "novembre november nov",
    "décembre december déc dec",
)


@pytest.mark.parametrize(
    ("word", "month"), [(w, n) for n, words in enumerate(MONTHS, 1) for w in words.split()]
)
def test_every_month_is_read_in_either_language(word: str, month: int) -> None:
    assert birth_date.parse(f"3 {word} 1984", TODAY) == date(1984, month, 3)
    assert birth_date.parse(f"{word}. 3, 1984", TODAY) == date(1984, month, 3)


def test_a_year_of_two_digits_is_shown_as_it_is_read() -> None:
    for text in ("030184", "03/01/84", "3 janvier 84"):
        with pytest.raises(InvalidValue) as caught:
            birth_date.parse(text, TODAY)
        assert caught.value.values == {"year": "84"}
    with pytest.raises(InvalidValue, match="ambiguous"):
        birth_date.parse("320184", TODAY)


@pytest.mark.parametrize("code", ["future", "too-old"])
def test_a_day_that_cannot_be_is_shown_as_it_is_read(code: str) -> None:
    day = date(2026, 11, 24) if code == "future" else date(1895, 12, 31)
    with pytest.raises(InvalidValue, match=code) as caught:
        birth_date.parse(f"{day:%d/%m/%Y}", TODAY)
    assert caught.value.values == {"day": day}


@given(DAYS)
def test_every_day_is_read_in_figures(day: date) -> None:
    for written in (f"{day:%d/%m/%Y}", f"{day:%d%m%Y}", f"{day:%Y-%m-%d}", f"{day:%Y%m%d}"):
        assert birth_date.parse(written, TODAY) == day


@given(DAYS, st.sampled_from(LANGUAGES))
def test_every_day_is_read_as_we_write_it(day: date, language: str) -> None:
    assert birth_date.parse(Texts(language).date(day), TODAY) == day


def test_today_is_the_computer_s_by_default() -> None:
    today = datetime.now(UTC).astimezone().date()
    assert birth_date.parse(f"{today - timedelta(days=1):%d/%m/%Y}") == today - timedelta(days=1)
    with pytest.raises(InvalidValue, match="future"):
        birth_date.parse(f"{today + timedelta(days=2):%d/%m/%Y}")


def test_the_limits_are_open() -> None:
    assert birth_date.parse("23/11/2026", TODAY) == TODAY
    assert birth_date.parse("01/01/1896", TODAY) == date(1896, 1, 1)


def test_a_paste_is_kept_on_one_line() -> None:
    assert birth_date.normalize(" 03\n01\u00a01984 ") == "03 01 1984"


@pytest.mark.parametrize("text", ["x/05/1958", "xx/05/1958", "?/05/1958", "*/xx/1958"])
def test_a_day_left_out_is_a_day_unknown(text: str) -> None:
    with pytest.raises(InvalidValue, match=r"birth_date\.unknown"):
        birth_date.parse(text, TODAY)
