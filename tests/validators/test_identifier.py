"""Promises about an identifier: its characters, its length, and what must not become public."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace_tui.errors import InvalidValue
from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.validators import identifier
from espace_tui.validators.identifier import IdentifierRules
from tests.validators.cases import ZOE

RULES_2025 = IdentifierRules(not_nir=True, not_iban=True)
IBAN = "fr7630006000011234567890189"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("camille.martin", "camille.martin"),
        (" camille_84\n", "camille_84"),
        ("camille\u2011martin", "camille-martin"),
        ("\u200bcamille84", "camille84"),
        ("12345678", "12345678"),
        ("z" * 100, "z" * 100),
    ],
)
def test_what_the_rules_allow_is_accepted(text: str, clean: str) -> None:
    assert identifier.parse(text) == clean
    assert identifier.parse(identifier.normalize(text)) == clean


@given(st.from_regex("[0-9a-z._-]{8,100}", fullmatch=True))
def test_every_allowed_identifier_is_itself(text: str) -> None:
    assert identifier.parse(text) == text
    assert all(tick.met for tick in identifier.ticks(text))


@pytest.mark.parametrize(
    ("text", "code", "suggestion"),
    [
        ("Camille.Martin", "identifier.uppercase", "camille.martin"),
        ("Hélène.Roy", "identifier.accents", "helene.roy"),
        ("he\u0301le\u0300ne.roy", "identifier.accents", "helene.roy"),
        ("cœur-d'or", "identifier.accents", "coeur-dor"),
        ("Łukasz.Weiß", "identifier.accents", "lukasz.weiss"),
    ],
)
def test_a_capital_or_an_accent_comes_with_the_form_that_would_do(
    text: str, code: str, suggestion: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        identifier.parse(text)
    assert (caught.value.code, caught.value.values["suggestion"]) == (code, suggestion)
    assert identifier.parse(suggestion) == suggestion


def test_the_guide_allows_what_the_rules_of_2025_refuse() -> None:
    for text in ("284058832102532", IBAN):
        assert identifier.parse(text) == text
        with pytest.raises(InvalidValue):
            identifier.parse(text, RULES_2025)
    assert identifier.parse("284058832102530", RULES_2025) == "284058832102530"
    assert identifier.parse("fr-iban-84", RULES_2025) == "fr-iban-84"
    assert identifier.parse(IBAN[:-1] + "8", RULES_2025) == IBAN[:-1] + "8"


@pytest.mark.parametrize("nir", [ZOE, "2 84 05 2A 321 025 52"])
def test_the_person_s_own_nir_is_refused_without_its_key_too(nir: str) -> None:
    root = nir.replace(" ", "").lower()[:13]
    with pytest.raises(InvalidValue, match=r"identifier\.nir"):
        identifier.parse(f"{root}.zoe", RULES_2025, nir=nir)
    assert identifier.parse(f"{root}.zoe", RULES_2025, nir="") == f"{root}.zoe"


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("", "....."),
        ("camille", ".xxxx"),
        ("camille.martin", "xxxxx"),
        ("Camille.Martin", "x.xxx"),
        ("camille@exemple.fr", "x..xx"),
        ("284058832102532", "xxx.x"),
        (IBAN, "xxxx."),
    ],
)
def test_the_rules_are_ticked_as_they_are_met(text: str, met: str) -> None:
    found = identifier.ticks(text, RULES_2025)
    assert "".join("x" if tick.met else "." for tick in found) == met
    assert len(identifier.ticks(text)) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_is_said(language: str) -> None:
    said = [Texts(language)(tick.rule) for tick in identifier.ticks("", RULES_2025)]
    assert "8" in said[0]
    assert "100" in said[0]
    assert not [text for text in said if "rule." in text]


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("encyclopædie", "encyclopaedie"),
        ("grœnland", "groenland"),
        ("straße.fr", "strasse.fr"),
        ("søren.łukasz.đorđe", "soren.lukasz.dorde"),
        ("l’ours.d'or", "lours.dor"),
    ],
)
def test_letters_of_other_languages_are_written_plainly(text: str, suggestion: str) -> None:
    with pytest.raises(InvalidValue, match="accents") as caught:
        identifier.parse(text)
    assert caught.value.values["suggestion"] == suggestion


@pytest.mark.parametrize("text", ["", "zoe", "zo€", "Camille.M", "é" * 9])
def test_every_refusal_of_form_says_the_bounds(text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        identifier.parse(text)
    assert (caught.value.values["min"], caught.value.values["max"]) == (8, 100)


def test_the_bounds_are_open() -> None:
    for size in (8, 100):
        assert identifier.parse("a" * size) == "a" * size


def test_twelve_digits_of_the_nir_are_not_yet_the_nir() -> None:
    rules = IdentifierRules(not_nir=True)
    nir = "2 84 05 88 321 025 32"
    assert identifier.parse("zoe.284058832102", rules, nir=nir) == "zoe.284058832102"
    with pytest.raises(InvalidValue, match="nir"):
        identifier.parse("zoe.2840588321025", rules, nir=nir)
