"""Promises of the texts themselves: dates in words, plurals, values that are not known."""

from __future__ import annotations

from datetime import date

import pytest

from espace_tui.i18n import LANGUAGES, Text, Texts


@pytest.mark.parametrize(
    ("language", "day", "said"),
    [
        ("fr", date(2027, 1, 1), "1er janvier 2027"),
        ("fr", date(2027, 1, 3), "3 janvier 2027"),
        ("en", date(2027, 1, 3), "3 January 2027"),
    ],
)
def test_a_date_is_said_in_words(language: str, day: date, said: str) -> None:
    assert Texts(language)(Text("fact.at", {"day": day})) == said


@pytest.mark.parametrize(("count", "said"), [(1, "1 seconde"), (30, "30 secondes")])
def test_a_count_agrees(count: int, said: str) -> None:
    assert Texts("fr")(Text("wait.seconds", count=count)) == said


def test_a_text_fills_another() -> None:
    wait = Text("wait.minutes", count=2)
    assert "2 minutes" in Texts("fr")(Text("refused.busy", {"wait": wait}))


def test_what_is_not_known_shows_as_dots() -> None:
    assert "…" in Texts("fr")(Text("refused.busy", {"other": 1}))


def test_an_unknown_language_is_french() -> None:
    assert Texts("xx").language == "fr"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("field", "error"),
    [
        ("code", "code.missing"),
        ("nir", "nir.missing"),
        ("birth_date", "birth_date.missing"),
        ("email", "email.missing"),
        ("mobile", "mobile.missing"),
        ("identifier", "identifier.missing"),
    ],
)
def test_an_error_gives_the_example_that_the_field_gave(
    language: str, field: str, error: str
) -> None:
    texts = Texts(language)
    example = texts(f"field.{field}.example").partition(":")[2].partition(",")[0].strip()
    assert example
    assert example in texts(f"error.{error}")


@pytest.mark.parametrize("family", ["error", "refused", "unreachable"])
@pytest.mark.parametrize(
    "code",
    [
        "no-such-code",
        "{left!s:>999999999999}",
        "{wait.__class__}",
        "{count}",
        "{",
        "%s",
        "",
        "a{0}",
    ],
)
def test_an_unknown_code_gets_the_general_sentence(family: str, code: str) -> None:
    said = Texts("fr")(Text(f"{family}.{code}", {"left": 3, "wait": Text("wait.seconds", count=2)}))
    assert said == Texts("fr")(f"{family}.other")


@pytest.mark.parametrize("text", ["{left!s:>999999999999}", "{wait.__class__}", "{0}", "{", "%n"])
def test_neither_a_text_id_nor_a_value_is_a_format(text: str) -> None:
    assert Texts("fr")(Text(text, {"left": 3, "wait": 2})) == text
    assert text in Texts("fr")(Text("unreachable.database", {"reason": text}))
