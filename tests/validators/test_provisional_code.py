"""Promises about the provisional code: a whole mail will do, an ordinary word is never a code."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from espace_tui.i18n import Texts
from espace_tui.validators import provisional_code
from tests.validators.writings import WRITINGS, written

CODE = "AbC1dEf2GhI3"
MAIL = """De : Assurance Maladie <assurance-maladie@info.exemple.fr>
Message-ID: <550e8400-e29b-41d4-a716-446655440000@info.exemple.fr>
Date : 22/11/2026 14:05
Objet : Activez votre espace, ouverture par le gouvernement

Bonjour CHRISTIAN,

Pour vous avec votre enregistrement : https://www.exemple.fr/a1b2c3d4e5f6?s=Zz1Zz2Zz3Zz4
Code provisoire pour CHRISTIAN
    {}
Ce code est valable six semaines à compter de la réception de cet e-mail. Aide : 3422.
"""
CODES = st.text(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", min_size=12, max_size=12
)


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize(
    "label",
    [
        "{}",
        "« {} »",
        "Code provisoire : {}.",
        "Votre code provisoire est le suivant :\n{}\nConservez-le bien.",
        "Your provisional code is {}, keep it",
        "code={}",
        "mon code est {}",
    ],
)
def test_any_writing_is_read(writing: str, label: str) -> None:
    text = label.format(written("AbC1 dEf2 GhI3", writing))
    assert provisional_code.parse(text) == CODE
    assert provisional_code.normalize(text) == CODE
    assert provisional_code.groups(text) == ("AbC1", "dEf2", "GhI3")


@pytest.mark.parametrize("code", [CODE, "AbC1 dEf2 GhI3", "AbC1-dEf2-GhI3", "AbCdEfGhIjKl"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_whole_mail_is_read(code: str, end: str) -> None:
    text = MAIL.format(code).replace("\n", end)
    wanted = code.replace(" ", "").replace("-", "")
    assert provisional_code.parse(text) == wanted
    assert provisional_code.normalize(text) == wanted


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("gouvernement registration AbCdEfGhIjKl", "AbCdEfGhIjKl"),
        ("Le gouvernement : AbC1dEf2GhI3", CODE),
        ("code AbC1 dEf2 GhI3 avec", CODE),
        ("avec AbC1 dEf2 GhI3 pour vous", CODE),
        ("dossier REF2026ABC12, code : AbCdEfGhIjKl", "AbCdEfGhIjKl"),
        ("Le code du dossier REF2026ABC12 est AbCdEfGhIjKl, à garder", "AbCdEfGhIjKl"),
        ("The code of order no REF2026ABC12 is AbCdEfGhIjKl, keep it", "AbCdEfGhIjKl"),
        ("Voici le code du dossier AbC1dEf2GhI3, à garder", CODE),
        ("AbCdEfGhIjKl, qui est le code du dossier REF2026ABC12", "AbCdEfGhIjKl"),
        ("Voici le code de la demande : AbCdEfGhIjKl. Dossier REF2026ABC12", "AbCdEfGhIjKl"),
        ("https://exemple.fr/a1b2c3d4e5f6 AbC1dEf2GhI3", CODE),
        ("jean12345678@exemple.fr AbC1dEf2GhI3 ou plus", CODE),
        ("code : REGISTRATION", "REGISTRATION"),
        ("votre code provisoire : gouvernement", "gouvernement"),
        ("gouvernement", "gouvernement"),
        ("123456789012", "123456789012"),
        ("abcd 1234 EFGH", "abcd1234EFGH"),
        ("AbC1d Ef2GhI3", CODE),
        ("A b C 1 d E f 2 G h I 3", CODE),
        ("Bonjour, votre code provisoire est REGISTRATION, à garder", "REGISTRATION"),
        (f"Votre code est REGISTRATION{', et' * 30} AbC1dEf2GhI3 aussi", CODE),
        ("Code : REGISTRATION pour vous et pour nous", "REGISTRATION"),
        ("pour AbC1 avec vous ou AbC1dEf2GhI3 merci", CODE),
        ("un AbC1dEf2GhI3 KmN4pQr5TxY6 pour vous deux", CODE),
    ],
)
def test_the_best_candidate_wins(text: str, code: str) -> None:
    assert provisional_code.parse(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "Votre enregistrement auprès du gouvernement vous attend",
        "Voici le code pour vous avec nous",
        "Le site www.exemple.fr/a1b2c3d4e5f6 vous attend avec joie",
        "Bonjour, votre code est pour vous avec nous",
        "@AbC1dEf2GhI3 est un nom de réseau",
        "Appelez 1020 3040 5060 pour tout savoir",
        "identifiant a1b0 c2d3 e4f5 g6h7 pour vous avec nous",
        "Votre code : 0 registration pour vous et pour nous",
        "identifiant e29b-41d4-a716-446655440000 pour vous avec nous",
    ],
)
def test_an_ordinary_text_is_kept_as_it_is(text: str) -> None:
    assert provisional_code.normalize(f" {text}\n") == text


@given(CODES, st.sampled_from(sorted(WRITINGS)))
def test_every_code_is_read_as_typed(code: str, writing: str) -> None:
    grouped = f"{code[:4]} {code[4:8]} {code[8:]}"
    assert provisional_code.parse(code) == code
    assert provisional_code.parse(written(grouped, writing)) == code
    assert "".join(provisional_code.groups(code)) == code


@given(CODES)
def test_every_varied_code_is_found_in_a_mail(code: str) -> None:
    assume(any(c.isdigit() for c in code) and any(c.isalpha() for c in code))
    assert provisional_code.parse(MAIL.format(code)) == code


@given(st.integers(4, 20), st.data())
def test_the_length_is_the_policy_s(length: int, data: st.DataObject) -> None:
    alphabet = "0123456789ABCDEFabcdef"
    code = data.draw(st.text(alphabet, min_size=length, max_size=length))
    assert provisional_code.parse(f" {code}\n", length=length) == code


def test_look_alikes_are_named_to_be_read_again() -> None:
    (advice,) = provisional_code.advise("O0abl1IdEfGh")
    said = Texts("fr")(advice.text)
    for name in ("0 (zéro)", "O (lettre o majuscule)", "l (lettre L minuscule) et I (lettre i"):
        assert name in said
    assert provisional_code.advise("AbCdEfGh2345") == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("un AbC1dEf2GhI3 et un autre KmN4pQr5TxY6 pour vous", "AbC1dEf2GhI3"),
        ("un AbCdEfGhIjKl puis un KmN4pQr5TxY6 pour vous deux", "KmN4pQr5TxY6"),
        ("REF2026ABC12 puis le vrai code : AbC1dEf2GhI3 pour vous", "AbC1dEf2GhI3"),
        ("le code 10-AbC1dEf2GhI3 ou bien KmN4pQr5TxY6 pour vous", "KmN4pQr5TxY6"),
        ("code : 000000000000", "000000000000"),
        ("AbC1dEf2GhI0", "AbC1dEf2GhI0"),
    ],
)
def test_digits_among_letters_then_the_first(text: str, code: str) -> None:
    assert provisional_code.parse(text) == code
