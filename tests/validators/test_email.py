"""Promises about an e-mail address: found in what surrounds it, never changed in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace_tui.errors import InvalidValue
from espace_tui.i18n import Texts
from espace_tui.validators import email
from espace_tui.validators.email import PROVIDERS

ADDRESS = "camille@exemple.fr"
LONGEST = "a" * 64 + "@" + "b" * 63 + "." + "c" * 63 + "." + "d" * 58 + ".fr"
"""254 characters, as many as an address may have."""


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
        f"{ADDRESS};{ADDRESS}",
        f"'{ADDRESS}'",
        f"({ADDRESS})",
        f"perso:{ADDRESS}",
        f"E-mail:mailto:{ADDRESS}",
        f"…{ADDRESS}…",
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
        ("!camille@exemple.fr", "!camille@exemple.fr"),
        ("mailto:camille%2Bsante@exemple.fr", "camille+sante@exemple.fr"),
        ("camille%2Bsante@exemple.fr", "camille%2Bsante@exemple.fr"),
        (LONGEST, LONGEST),
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
        ("lapost.net", "laposte.net"),
        ("laposte.nte", "laposte.net"),
        ("yaho.fr", "yahoo.fr"),
        ("yahoo.con", "yahoo.com"),
        ("yahpo.fr", "yahoo.fr"),
        ("iclould.com", "icloud.com"),
        ("hotmail.frr", "hotmail.fr"),
        ("hotmial.con", "hotmail.com"),
        ("ornage.f", "orange.fr"),
        ("orangr.fr", "orange.fr"),
        ("gmal.com", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("gmsil.com", "gmail.com"),
        ("ptoton.me", "proton.me"),
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
        *[
            "posteo.net",
            "mailo.com",
            "email.com",
            "dbmail.com",
            "hotmail.gr",
            "hotmail.fi",
            "yahoo.gr",
            "live.fi",
        ],
        *[
            "yahoo.com.br",
            "outlook.com.br",
            "laposte.fr",
            "laposte.com",
            "laporte.net",
            "laporte.fr",
            "ms.com",
        ],
        *[
            "orage.fr",
            "oranges.fr",
            "oranger.fr",
            "orane.fr",
            "gail.com",
            "proto.me",
            "grange.fr",
            "cloud.com",
            "outlooks.net",
            "fre.fr",
        ],
        *[
            "gmial.de",
            "me.com",
            "sfr.com",
            "bbox.be",
            "maik.com",
            "gmz.fr",
            "mailbox.org",
            "hushmail.com",
        ],
        "gmail",
        "",
    ],
)
def test_a_domain_that_exists_is_left_alone(domain: str) -> None:
    assert email.advise(f"camille@{domain}") == ()


@pytest.mark.parametrize("domain", [f"{n}.{end}" for n, ends in PROVIDERS.items() for end in ends])
def test_a_provider_s_domain_is_left_alone_and_its_slips_are_not(domain: str) -> None:
    assert email.advise(f"camille@{domain}") == ()
    name, _, end = domain.partition(".")
    slip = f"{name[:2]}{name[3:4]}{name[2:3]}{name[4:]}.{end}"
    suggested = [each.suggestion for each in email.advise(f"camille@{slip}")]
    assert suggested == ([f"camille@{domain}"] if len(name) >= 5 else [])


@pytest.mark.parametrize(
    ("end", "meant"),
    [
        *((end, "fr") for end in ["f", "r", "fe", "ft", "rf", "ffr", "frr"]),
        *((end, "com") for end in ["c", "con", "cmo", "ocm", "vom", "xom", "cpm", "comm", "coom"]),
    ],
)
def test_an_ending_that_no_country_has_is_a_slip(end: str, meant: str) -> None:
    (advice,) = email.advise(f"camille@hotmail.{end}")
    assert advice.suggestion == f"camille@hotmail.{meant}"


@pytest.mark.parametrize("end", ["co", "cm", "om", "fr", "con"])
def test_a_gmail_address_ends_in_com(end: str) -> None:
    (advice,) = email.advise(f"camille@gmail.{end}")
    assert advice.suggestion == "camille@gmail.com"


@pytest.mark.parametrize("end", ["nte", "nett", "ner", "met"])
def test_laposte_ends_in_net(end: str) -> None:
    (advice,) = email.advise(f"camille@laposte.{end}")
    assert advice.suggestion == "camille@laposte.net"


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


def test_a_mistyped_domain_is_shown_beside_the_one_meant() -> None:
    (advice,) = email.advise("camille@gmial.com")
    assert advice.text.values == {"found": "gmial.com", "domain": "gmail.com"}


def test_too_long_an_address_is_counted() -> None:
    with pytest.raises(InvalidValue, match="length") as caught:
        email.parse(f"{LONGEST[:-3]}d.fr")
    assert caught.value.values == {"found": 255, "expected": 254}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("camille @", "space"),
        ("camille@ .", "domain"),
        ("jean<camille@exemple.fr", None),
        ("M. camille@exemple.fr", None),
        ("Adresse : camille@exemple.fr", None),
        ("adresse camille@exemple.fr", None),
        ("mon adresse c’est camille@exemple.fr", None),
        ("- camille@exemple.fr", None),
        ("• camille@exemple.fr", None),
        ("1) camille@exemple.fr", None),
        ("Camille(camille@exemple.fr)", None),
        ("mail«camille@exemple.fr»", None),
        ("jean camille@exemple.fr", "space"),
        ("@", "domain"),
    ],
)
def test_a_space_within_an_address_is_not_one_before_it(text: str, code: str | None) -> None:
    if code is None:
        assert email.parse(text) == ADDRESS
        return
    with pytest.raises(InvalidValue, match=rf"email\.{code}"):
        email.parse(text)


LABELS = (
    "contact perso pro personnel professionnel adresse mail e-mail email courriel mel mél address"
)


@pytest.mark.parametrize("label", [*LABELS.split(), "est", "is"])
def test_a_label_before_an_address_is_left_out(label: str) -> None:
    assert email.parse(f"{label}:{ADDRESS}") == ADDRESS
    assert email.parse(f"Mon {label} {ADDRESS}") == ADDRESS


@pytest.mark.parametrize(
    ("domain", "meant"),
    [
        ("sfr.f", "sfr.fr"),
        ("gmx.con", "gmx.com"),
        ("aol.con", "aol.com"),
        ("msn.cmo", "msn.com"),
        ("orxxge.fr", None),  # two letters that are not swapped
        ("ornaxe.fr", None),  # two that are, and a third one
    ],
)
def test_one_slip_is_looked_for_and_no_more(domain: str, meant: str | None) -> None:
    found = [one.suggestion for one in email.advise(f"camille@{domain}")]
    assert found == ([f"camille@{meant}"] if meant else [])


@pytest.mark.parametrize(
    ("text", "clean"),
    [("Xavier@exemple.fr", "Xavier@exemple.fr"), ("camille@EXEMPLE.MX", "camille@exemple.mx")],
)
def test_no_letter_of_an_address_is_lost(text: str, clean: str) -> None:
    assert email.parse(text) == clean


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("mailto:cam%01ille@exemple.fr", "email.characters"),
        ("cam\u0378ille@exemple.fr", "email.characters"),
        ("x0://camille@exemple.fr", "email.link"),
        ("pro @exemple.fr", "email.space"),
        ("camille@ X", "email.space"),
        (f"X {ADDRESS}", "email.space"),
    ],
)
def test_what_is_wrong_with_an_address_is_named(text: str, code: str) -> None:
    with pytest.raises(InvalidValue) as wrong:
        email.parse(text)
    assert wrong.value.code == code


@pytest.mark.parametrize("end", [" ", "\x7f", "\xa0", "\u2028", "\u2029"])
def test_a_control_character_is_left_out_at_an_end_behind_any_space(end: str) -> None:
    assert email.parse(f"{end}\x01{ADDRESS}\x01{end}") == ADDRESS


@pytest.mark.parametrize("sign", ["~", "\xa1", "!"])
def test_a_sign_before_an_address_is_a_part_of_it(sign: str) -> None:
    assert email.normalize(f"{sign}{ADDRESS}") == f"{sign}{ADDRESS}"


def test_a_quote_on_one_side_takes_no_letter_with_it() -> None:
    assert email.normalize(f"{ADDRESS}'") == ADDRESS
    assert email.normalize(f"'{ADDRESS}") == f"'{ADDRESS}"


def test_a_control_character_within_an_address_is_one_that_cannot_be_read() -> None:
    assert email.normalize("cam\x01ille@exemple.fr") == "cam\ufffdille@exemple.fr"


WRITTEN_ELSEWHERE = (
    *("orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "neuf.fr", "bbox.fr", "numericable.fr"),
    *("aliceadsl.fr", "hotmail.fr", "outlook.com", "live.fr", "yahoo.com", "gmx.com", "msn.com"),
    *("gmail.com", "googlemail.com", "ymail.com", "mail.com", "aol.com", "icloud.com", "mac.com"),
    "protonmail.com",
)
"""Some providers, not read from the table that they are looked up in."""


@pytest.mark.parametrize("domain", WRITTEN_ELSEWHERE)
def test_a_slip_in_the_name_or_the_end_of_a_provider_is_seen(domain: str) -> None:
    name, _, end = domain.partition(".")
    slip_of = {"fr": "fe", "com": "con"}
    slips = [f"{name}.{slip_of[end]}", *([f"{name[:-1]}.{end}"] if len(name) >= 5 else [])]
    for slip in slips:
        (advice,) = email.advise(f"camille@{slip}")
        assert advice.suggestion == f"camille@{domain}"


@pytest.mark.parametrize("label", ["c'est", "voici", "adresse", "contact"])
def test_the_word_before_an_address_is_left_out(label: str) -> None:
    assert email.normalize(f"{label} camille@exemple.fr") == "camille@exemple.fr"
