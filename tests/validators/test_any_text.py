"""Promises about any text at all: no crash, no freeze, nothing that cannot be written or sent."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace_tui.errors import InvalidValue
from espace_tui.i18n import Text, Texts
from espace_tui.validators import (
    LINE,
    MESSAGE,
    Advice,
    Span,
    Tick,
    birth_date,
    card_serial,
    compact,
    email,
    foreign_digits,
    identifier,
    is_sentence,
    listed,
    mobile,
    names_only,
    nir,
    one_time_code,
    password,
    plain,
    provisional_code,
    spans,
    spelled,
    unshifted,
    without_label,
    without_words,
)
from espace_tui.validators.card_serial import CardKind, SerialRules
from espace_tui.validators.identifier import IdentifierRules
from espace_tui.validators.password import PasswordRules
from tests.validators import cases

Call = Callable[[str], Any]
PARSES: dict[str, Call] = {
    "provisional_code": provisional_code.parse,
    "nir": nir.parse,
    "photo serial": cases.photo_of_zoe,
    "plain serial": cases.plain_of_zoe,
    "birth_date": cases.born,
    "email": cases.email_2025,
    "mobile": mobile.parse,
    "identifier": cases.identifier_of_zoe,
    "password": cases.password_2025,
    "one_time_code": one_time_code.parse,
}
TIDIES: dict[str, Call] = {
    "provisional_code": provisional_code.normalize,
    "nir": nir.normalize,
    "photo serial": lambda text: card_serial.normalize(text, CardKind.PHOTO),
    "plain serial": lambda text: card_serial.normalize(text, CardKind.PLAIN),
    "birth_date": birth_date.normalize,
    "email": email.normalize,
    "mobile": mobile.normalize,
    "identifier": identifier.normalize,
    "one_time_code": one_time_code.normalize,
}
OTHERS: dict[str, Call] = {
    "code groups": provisional_code.groups,
    "code advice": provisional_code.advise,
    "NIR groups": nir.groups,
    "NIR advice": nir.advise,
    "NIR reading": nir.reading,
    "photo groups": lambda text: card_serial.groups(text, CardKind.PHOTO),
    "plain groups": lambda text: card_serial.groups(text, CardKind.PLAIN),
    "plain advice": lambda text: card_serial.advise(text, CardKind.PLAIN, text),
    "serial beside any NIR": lambda text: card_serial.advise("12345678", CardKind.PLAIN, text),
    "e-mail advice": email.advise,
    "mobile groups": mobile.groups,
    "identifier ticks": identifier.ticks,
    "password normalize": password.normalize,
    "password groups": password.groups,
    "password ticks": lambda text: password.ticks(text, cases.RULES_2025, personal=(text,)),
    "password fold": password.fold,
    "password normalise": password.canonical,
    "one-time groups": one_time_code.groups,
}
ANY = st.one_of(
    st.text(st.characters(exclude_categories=())),
    st.text(
        "0123456789 -.+@AaBbOoIl\u00a0\u202f\u200b\ufeff\u0301\x00\ud800２٣é:/<>,", max_size=60
    ),
    st.text("0123456789 ", max_size=40),
)
MILLION = 1_000_000
HUGE = [
    unit * (MILLION // len(unit))
    for unit in (
        *(
            "a",
            "A",
            "0",
            " ",
            "-",
            ".",
            "\u0301",
            "\x00",
            "\ud800",
            "\ufeff",
            "\u200b",
            "\ufdfa",
            "@",
        ),
        *("a ", "1 ", "1-", "a@", "aB1c ", "aB1c-", "e\u0301\u0316", "Oo", "code : ", "a1", "(0)"),
        *(
            "\u0301\u0316",
            "2 84 05 88 321 025 32 ",
            "8025000002",
            "06 12 34 56 78 ",
            "mailto:",
            "<",
        ),
        *("123456 ", "janvier 1 ", "N° ", "É", "a.b@c.fr "),
    )
]


def outcome(call: Call, text: str) -> object:
    """Return the value, or the code that refuses the text."""
    try:
        return call(text)
    except InvalidValue as error:
        Texts("fr")(f"error.{error.code}", **error.values)
        return error.code


@pytest.mark.parametrize("name", PARSES)
@given(text=ANY)
def test_any_text_is_read_or_refused(name: str, text: str) -> None:
    str(outcome(PARSES[name], text)).encode()


@pytest.mark.parametrize("name", TIDIES)
@given(text=ANY)
def test_a_tidied_paste_stands_on_one_line_and_means_the_same(name: str, text: str) -> None:
    tidied = TIDIES[name](text)
    tidied.encode()
    assert not set(tidied) & set("\r\n\t\x00\u200b\ufeff")
    assert TIDIES[name](tidied) == tidied
    assert outcome(PARSES[name], tidied) == outcome(PARSES[name], text)


@pytest.mark.parametrize("name", OTHERS)
@given(text=ANY)
def test_anything_else_takes_any_text(name: str, text: str) -> None:
    repr(OTHERS[name](text)).encode("utf-8", "surrogatepass")


REFERENCE = "code : 034 567, N° é " * 10_000
"""What is looked through once for comparison: a slow moment of the machine slows both."""
QUICK = 12
"""How many of these looks a paste may take: 50 ms, where one takes 4."""


@pytest.mark.no_cover
@pytest.mark.parametrize("name", sorted(PARSES | TIDIES | OTHERS))
def test_no_paste_freezes_a_face(name: str) -> None:
    """A million characters of anything: less than 50 ms of work, the libraries being loaded."""
    calls = [calls[name] for calls in (PARSES, TIDIES, OTHERS) if name in calls]
    for call in calls:
        outcome(call, "a1@b.fr")
        for text in HUGE:
            tries = (looks(call, text) for _ in range(5))
            assert any(each < QUICK for each in tries), text[:20]


def looks(call: Call, text: str) -> float:
    """Return how long a call takes, in looks through the reference."""
    return duration(call, text) / duration(look, REFERENCE)


def look(text: str) -> int:
    """Look through a text as `plain` does, without any of its bounds."""
    return len(" ".join(unicodedata.normalize("NFC", text).split()))


def duration(call: Call, text: str) -> float:
    start = time.process_time()
    outcome(call, text)
    return time.process_time() - start


@given(ANY)
def test_a_plain_text_is_one_line_that_can_be_written(text: str) -> None:
    line = plain(text)
    line.encode()
    assert line == " ".join(line.split())
    assert len(line) <= LINE
    assert plain(line) == line
    assert not set(compact(without_words(line))) & set(" -.,:;")


def test_a_text_is_cut_where_nothing_of_it_can_be_the_value() -> None:
    assert len(plain("x" * MILLION)) == LINE
    assert len(plain("x" * MILLION, MESSAGE)) == MESSAGE


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        *(("code : 12", False), ("un deux trois", False), ("un deux trois quatre", True)),
        *(("un b deux c trois", False), ("", False)),
    ],
)
def test_a_sentence_has_four_words(text: str, *, sentence: bool) -> None:
    assert is_sentence(text) is sentence


@pytest.mark.parametrize(
    ("characters", "french", "english"),
    [
        ("é", "«\u00a0é\u00a0»", "“é”"),
        ("éé€", "«\u00a0é\u00a0» et «\u00a0€\u00a0»", "“é” and “€”"),
        (" é€", "l’espace, «\u00a0é\u00a0» et «\u00a0€\u00a0»", "the space, “é” and “€”"),
        ("\x1b", "un caractère invisible (U+001B)", "an invisible character (U+001B)"),
        ("\u202e", "un caractère invisible (U+202E)", "an invisible character (U+202E)"),
    ],
)
def test_characters_are_named_safely(characters: str, french: str, english: str) -> None:
    assert Texts("fr")(spelled(characters)) == french
    assert Texts("en")(spelled(characters)) == english


def test_only_the_first_few_characters_are_named() -> None:
    assert Texts("fr")(spelled("abcdefgh")).endswith("«\u00a0e\u00a0» et d’autres")


def test_one_thing_is_listed_alone() -> None:
    assert Texts("fr")(listed(["a"])) == "a"


def test_digits_of_another_script_are_told_from_letters_and_signs() -> None:
    assert foreign_digits("1２٣²①½a") == "２٣"


def test_what_is_read_of_a_paste() -> None:
    assert (LINE, MESSAGE) == (1_000, 10_000)


def test_half_a_character_becomes_one_that_can_be_written() -> None:
    assert plain("a\ud800b") == "a\ufffdb"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2e\u0301 1", "2e1"),
        ("OoIl 12", "OoIl12"),
        ("XO 12", "12"),
        ("A 12", "A12"),
        ("N° 12", "12"),
        ("n º12", "12"),
        ("clé 12", "12"),
    ],
)
def test_words_around_a_number_are_left_out(text: str, number: str) -> None:
    assert compact(without_words(plain(text))) == number


def test_a_number_in_a_sentence_has_seven_groups_at_most() -> None:
    assert [span.value for span in spans("1 2 3 4 5 6 7", 7)] == ["1234567"]
    assert list(spans("1 2 3 4 5 6 7 8", 8)) == []
    assert [span.value for span in spans("12 34", 4)] == ["1234"]
    assert list(spans("12 , , 34", 4)) == []


def test_five_characters_are_named_and_no_others() -> None:
    assert "autres" not in Texts("fr")(spelled("abcde"))
    assert "autres" in Texts("fr")(spelled("abcdef"))


@pytest.mark.parametrize(
    "kind",
    [Advice, Tick, Span, SerialRules, IdentifierRules, PasswordRules],
    ids=lambda k: k.__name__,
)
def test_a_value_cannot_change(kind: type) -> None:
    assert issubclass(kind, tuple) or vars(kind)["__dataclass_params__"].frozen
    assert "__slots__" in vars(kind)


@pytest.mark.parametrize(
    ("parse", "text", "strange"),
    [
        (nir.parse, "2 84 05 88 321 O25 I2", "OI"),
        (cases.photo, "12345O789I1", "OI"),
        (mobile.parse, "06 39 98 1I 3O", "IO"),
        (one_time_code.parse, "O3456I", "OI"),
        (provisional_code.parse, "AbC0é€", "é€"),
        (nir.parse, "2 84 05 2A 32A 025 52 1", "A"),
        (nir.parse, "2 84 05 2A O21 025 52", "O"),
        (identifier.parse, "camille é€", " é€"),
        (password.parse, "Zx7!\x00\x01abcd", "\x00\x01"),
        (email.parse, "a\ufffd\ue000@x.fr", "\ufffd\ue000"),
    ],
)
def test_every_wrong_character_is_named_and_nothing_else(
    parse: Call, text: str, strange: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse(text)
    assert caught.value.values["characters"] == spelled(strange)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("é((à", "2550"),
        ("é((", ""),
        ("&é\"'(-è_çà§!. :/", "123456789068. :/"),
        ("é((à x", ""),
    ],
)
def test_a_row_typed_without_shift_is_read_from_four_digits_on(typed: str, digits: str) -> None:
    assert unshifted(typed) == digits


def test_two_signs_of_that_row_are_no_number_without_a_letter_of_it() -> None:
    assert unshifted('"(', 2) == ""
    assert unshifted('"é', 2) == "32"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Carte n° 2 : 12", " 12"),
        ("1) 12", "12"),
        ("0 carte 2 : 12", "0 carte 2 : 12"),
        ("carte : 12", "carte : 12"),
        ("Carte n° 2 :", "Carte n° 2 :"),
    ],
)
def test_a_label_that_is_numbered_begins_with_a_word(text: str, rest: str) -> None:
    assert without_label(text) == rest


def test_an_advice_asks_for_a_look_unless_it_says_that_it_is_good() -> None:
    assert not Advice(Text("advice.mobile.range")).good


def test_a_hyphen_is_a_hyphen_in_any_script() -> None:
    assert plain("12\u058a34") == "12-34"
    assert plain("12\u158a34") == "12\u158a34"


@pytest.mark.parametrize("line", ["", "NIR :", "NIR ="])
def test_a_label_alone_is_an_answer_still_to_come(line: str) -> None:
    assert names_only(line)
