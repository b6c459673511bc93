"""Promises about the one-time code: alone or in the whole message, its first zero kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace_tui.errors import InvalidValue
from espace_tui.validators import one_time_code
from tests.validators.writings import WRITINGS, written


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize(
    "label",
    [
        "{}",
        "Ex. : {}",
        "« {} »",
        "Code : {}.",
        "code1 {}",
        "Code n° 2 : {}",
        "Votre code d’accès à usage unique est {} et il expire dans 10 minutes.",
        "{} est votre code. Ne le donnez à personne : le 3422 ne le demande jamais.",
        "Your code is {}. It expires in 10 minutes.",
    ],
)
def test_any_writing_is_read(writing: str, label: str) -> None:
    text = label.format(written("034 567", writing))
    assert one_time_code.parse(text) == "034567"
    assert one_time_code.normalize(text) == "034567"
    assert one_time_code.groups(text) == ("034", "567")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Le 22.11.26 à 14 h 05, dossier 123456 : votre code est 034567.", "034567"),
        ("Appelez le 06 39 98 12 34 ou tapez 034567 sur cette page", "034567"),
        ("Montant de 123456 €, à confirmer par 034567 avant le 22/11/2026", "034567"),
        ("Le numéro est 034567, comme écrit dans le message 987654", "034567"),
        ("034567 : le nombre attendu par la page est dans ce message", "034567"),
        ("Tapez sur cette page ceci : 03 45 67", "034567"),
        ("code 1234\ncode 034567\nvaut pour cette fois seulement", "034567"),
    ],
)
def test_the_best_candidate_wins(text: str, code: str) -> None:
    assert one_time_code.parse(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "Appelez le 06 39 98 12 34 pour toute question",
        "034 56",
        "Payé 123456 € avec ma carte",
        "€123456 de plus sur mon compte",
        "Tapez le 12 3456 sur la page de votre écran",
    ],
)
def test_what_is_no_code_is_kept_as_it_is(text: str) -> None:
    assert one_time_code.normalize(f" {text}\n") == text


@given(st.from_regex("[0-9]{6}", fullmatch=True), st.sampled_from(sorted(WRITINGS)))
def test_every_code_is_read(code: str, writing: str) -> None:
    assert one_time_code.parse(written(f"{code[:3]} {code[3:]}", writing)) == code


def test_the_length_is_the_policy_s() -> None:
    assert one_time_code.parse("code : 01234567", length=8) == "01234567"


def test_a_beginning_is_grouped() -> None:
    assert one_time_code.groups("0345") == ("034", "5")
    assert one_time_code.groups("") == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "dossier 123456 ouvert hier pour vous, pour lui et pour elle ; 034567 est votre code",
            "034567",
        ),
        ("votre code, reçu ce matin, est 034567 ; dossier 123456 joint", "034567"),
        ("dossier 123456 puis encore un mot de plus, code : 034567", "034567"),
        ("voici deux nombres 034 567 ou bien 123456 sans autre mot", "123456"),
        ("le premier est 034567 et le second est 123456 sans autre mot", "034567"),
        ("le montant est 0.123456 et le nombre attendu est 034567", "034567"),
        ("tapez 10-123456 ou bien plutôt ici le nombre 034567", "034567"),
        ("tapez 123456-01 ou bien plutôt ici le nombre 034567", "034567"),
        ("034567 est le nombre que vous attendez de nous", "034567"),
        ("Code 034 567, et le dossier 123456 pour tout le reste", "034567"),
        ("Votre code : 034 567. Référence : 123456, à garder", "034567"),
        ("Votre code du 22.11.26 à 14 h 05 : 034 567, à garder", "034567"),
        ("Votre code du 22.11.26 à 14 h 05 : 034567, à garder", "034567"),
        ("Votre code du 22-11-26 à 14 h 05 : 03-45.67, à garder", "034567"),
        ("Votre code du 05.01.06 à 14 h 05 : 034567, à garder", "034567"),
        ("Tapez 034567, le code du 22.11.26 qui vous a été envoyé", "034567"),
        ("Dossier 123456 : le code est 034567, à garder pour vous", "034567"),
        ("Votre code = 03 45 67 ; dossier 123456, à garder", "034567"),
        ("Votre code = 03-45.67 ; dossier 123456, à garder", "034567"),
        ("Votre code du dossier 123456 est 034567, à garder", "034567"),
        ("Votre code de la commande n° 123456 est 034 567, à garder", "034567"),
        ("The code for your request 123456 is 034567, keep it", "034567"),
        ("Votre code, réf. 123456, est le 034567, à garder", "034567"),
        ("Le code de votre demande : 034 567, à garder. Référence 123456", "034567"),
        ("Le code du dossier 034 567 est à garder, référence 123456", "034567"),
        ("Tapez 034567, qui est le code du dossier 123456, à garder", "034567"),
        ("Le code du dossier 123456, qui était attendu ici hier : 034567 est le code", "034567"),
        ("Le code du dossier 034567 est attendu hier ou plus tard, et c’est 12 34 56", "034567"),
        ("Votre code du contrat numéro 123456 est 034567, à garder", "034567"),
        ("The code for your account 123456 is 034567, keep it", "034567"),
        ("Le code du dossier : 034567, à garder pour vous", "034567"),
    ],
)
def test_the_word_code_then_one_piece_then_the_first(text: str, code: str) -> None:
    assert one_time_code.parse(text) == code


LONG = "0345 6789 0123 4567"


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize("label", ["{}", "Voici un code long, à taper : {}. Il sert une fois."])
def test_a_long_code_is_read_where_there_may_be_one(writing: str, label: str) -> None:
    text = label.format(written(LONG, writing))
    assert one_time_code.parse_either(text) == "0345678901234567"
    assert one_time_code.normalize_either(text) == "0345678901234567"
    assert one_time_code.groups_of_either(text) == ("0345", "6789", "0123", "4567")


def test_a_short_code_is_read_there_too() -> None:
    for text in ("034567", "Votre code est 034 567."):
        assert one_time_code.parse_either(text) == "034567"
        assert one_time_code.normalize_either(text) == "034567"
        assert one_time_code.groups_of_either(text) == ("034", "567")
    assert one_time_code.parse_either("0345", 4) == "0345"
    assert one_time_code.groups_of_either("0345678") == ("0345", "678")
    assert one_time_code.normalize_either(" 0345\n") == "0345"


def test_what_is_neither_is_refused_by_its_short_length() -> None:
    with pytest.raises(InvalidValue) as refused:
        one_time_code.parse_either("0345 6789 0123 456")
    assert (refused.value.code, refused.value.values["expected"]) == ("one_time_code.length", 6)
