"""Promises about an e-mail address: found in what surrounds it, never changed in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace_tui.errors import InvalidValue
from espace_tui.i18n import Texts
from espace_tui.validators import email

ADDRESS = "camille@exemple.fr"


@pytest.mark.parametrize(
    "text",
    [
        ADDRESS,
        "camille@Exemple.FR",
        f" {ADDRESS}\r\n",
        f"\u00a0{ADDRESS}\u200b",
        f"<{ADDRESS}>",
        f"mailto:{ADDRESS}",
        f"MAILTO:{ADDRESS}?subject=Bonjour%20à%20vous&cc=autre@exemple.fr",
        f"Camille Martin <{ADDRESS}>",
        f'"Martin, Camille" <{ADDRESS}>',
        f"Camille Martin [mailto:{ADDRESS}]",
        f"{ADDRESS} <mailto:{ADDRESS}>",
        f"E-mail : {ADDRESS}.",
        f"Courriel:{ADDRESS}",
        f"mon adresse est {ADDRESS}",
        f"« {ADDRESS} »,",
        f"{ADDRESS}; ",
        f"{ADDRESS} merci",
    ],
)
def test_it_is_found_in_what_surrounds_it(text: str) -> None:
    assert email.parse(text) == ADDRESS
    assert email.parse(email.normalize(text)) == ADDRESS
    assert "@" in email.normalize(text)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Camille.Martin@exemple.fr", "Camille.Martin@exemple.fr"),
        ("camille+sante@exemple.fr", "camille+sante@exemple.fr"),
        ("camille@été.fr", "camille@été.fr"),
        ("camille@xn--t-9fab.fr", "camille@été.fr"),
        ("hélène@exemple.fr", "hélène@exemple.fr"),
        ("o'neil@exemple.fr", "o'neil@exemple.fr"),
    ],
)
def test_what_people_own_is_accepted(text: str, address: str) -> None:
    assert email.parse(text) == address


@given(st.from_regex(r"[a-z][a-z0-9]{0,20}@[a-z][a-z0-9]{1,20}\.(fr|com|org|re)", fullmatch=True))
def test_every_plain_address_is_read(address: str) -> None:
    assert email.parse(address) == address
    assert email.parse(f"Zoé <{address}>", plus_refused=True) == address


@pytest.mark.parametrize(
    ("domain", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gmail.fr", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("Gmai.com", "gmail.com"),
        ("orange.f", "orange.fr"),
        ("ornage.fr", "orange.fr"),
        ("hotmial.fr", "hotmail.fr"),
        ("outlok.com", "outlook.com"),
        ("wanado.fr", "wanadoo.fr"),
        ("laposte.fr", "laposte.net"),
        ("lapost.net", "laposte.net"),
        ("yaho.fr", "yahoo.fr"),
        ("iclould.com", "icloud.com"),
    ],
)
def test_a_mistyped_domain_is_advice_with_the_one_meant(domain: str, meant: str) -> None:
    (advice,) = email.advise(email.parse(f"camille@{domain}"))
    assert advice.suggestion == f"camille@{meant}"
    assert meant in Texts("fr")(advice.text)


@pytest.mark.parametrize(
    "domain",
    [
        "gmail.com",
        "orange.fr",
        "orange.re",
        "hotmail.be",
        "outlook.pt",
        "yahoo.co.uk",
        "ymail.com",
        "gmx.de",
        "pm.me",
        "exemple.fr",
        "mairie-lyon.fr",
    ],
)
def test_a_domain_that_exists_is_left_alone(domain: str) -> None:
    assert email.advise(f"camille@{domain}") == ()


def test_an_accent_is_advice() -> None:
    (advice,) = email.advise("hélène@exemple.fr")
    assert "«\u00a0é\u00a0» et «\u00a0è\u00a0»" in Texts("fr")(advice.text)


def test_what_is_no_address_has_no_advice() -> None:
    assert email.advise("camille") == email.advise("") == email.advise("@gmial.com") == ()


def test_a_plus_is_refused_with_the_address_without_it() -> None:
    with pytest.raises(InvalidValue, match=r"email\.plus") as caught:
        email.parse("camille+sante@exemple.fr", plus_refused=True)
    assert caught.value.values["suggestion"] == ADDRESS


@pytest.mark.parametrize("text", ["camille", "camille martin@exemple.fr", "a@x.fr b@x.fr"])
def test_a_paste_that_is_no_address_is_kept_on_one_line(text: str) -> None:
    assert email.normalize(f" {text}\n") == text
