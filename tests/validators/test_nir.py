"""Promises about the NIR: any writing of it is read, what is rare is advice, a slip is shown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from espace_tui.errors import InvalidValue
from espace_tui.i18n import Text, Texts
from espace_tui.validators import nir
from tests.validators.writings import WRITINGS, written

FICTITIOUS = (
    "2 55 08 14 168 025 38",
    "2 84 05 88 321 025 32",
    "2 84 05 2A 321 025 52",
    "2 84 05 2B 321 025 79",
    "2 84 20 2B 321 025 28",
    "2 84 99 2B 321 025 31",
    "2 79 03 51 215 189 89",
    "2 95 10 99 126 111 93",
    "1 84 02 75 123 456 74",
    "2 91 02 56 012 345 46",
)
LABELS = (
    "N° de sécurité sociale : {}",
    "NIR={}.",
    "« {} »",
    "Mon numéro est le {}, merci de le noter",
    "\ufeff{}\r\n",
    "n°{}",
    "1) {}",
    "Sécu n° 2 : {}",
    "nir1 {}",
    "N° de se\u0301curite\u0301 sociale\u00a0: {}",
    "Tél. 06 39 98 12 34 ; NIR {} ; né le 03/01/1984",
)
REFUSED_KEYS = (
    "2 84 05 88 321 025 30",
    "1 55 12 55 555 555 55",
    "1 98 01 23 123 456 90",
    "2 55 12 99 123 457 80",
)


def key(body: str) -> str:
    number = body.replace("2A", "19").replace("2B", "18") if body[5:7] in {"2A", "2B"} else body
    return f"{97 - int(number) % 97:02}"


def shown(texts: tuple[Text, ...], language: str = "fr") -> list[str]:
    return [Texts(language)(text) for text in texts]


@pytest.mark.parametrize("writing", WRITINGS)
@pytest.mark.parametrize("label", ["{}", *LABELS])
def test_any_writing_is_read(writing: str, label: str) -> None:
    for number in FICTITIOUS:
        text = label.format(written(number, writing))
        assert nir.parse(text) == nir.normalize(text) == number.replace(" ", "")
        assert nir.parse(text.lower()) == number.replace(" ", "")
        assert " ".join(nir.groups(text)) == number


@given(
    st.from_regex("[12][0-9]{2}(0[1-9]|1[0-2])([013-8][0-9]|2[AB]|99)[0-9]{6}", fullmatch=True),
    st.sampled_from(sorted(WRITINGS)),
)
def test_every_number_with_its_key_is_read(body: str, writing: str) -> None:
    number = body + key(body)
    assert nir.parse(written(" ".join(nir.groups(number)), writing)) == number


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        ("284058832102532", []),
        ("284202B32102528", ["advice.nir.month-unknown"]),
        ("284992B32102531", ["advice.nir.month-unknown"]),
        ("784058832102500", ["advice.nir.provisional"]),
        ("384428832102500", ["advice.nir.provisional", "advice.nir.month-unknown"]),
        ("984438832102500", ["advice.nir.sex", "advice.nir.month"]),
        ("284008832102500", ["advice.nir.month"]),
        ("2840", []),
    ],
)
def test_what_is_rare_is_advice(value: str, advice: list[str]) -> None:
    assert [each.text.id for each in nir.advise(value)] == advice
    assert all(shown((each.text,)) for each in nir.advise(value))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("", []),
        ("2", ["femme"]),
        ("2 8", ["femme"]),
        ("1 84", ["homme", "année 84"]),
        ("5", ["premier chiffre 5 (jamais attribué)"]),
        ("7", ["homme"]),
    ],
)
def test_the_beginning_of_a_number_is_read_aloud(value: str, said: list[str]) -> None:
    assert shown(nir.reading(value)) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("28405", "naissance en mai"),
        ("28420", "mois 20 (mois de naissance inconnu)"),
        ("28413", "mois 13 (ce mois n’existe pas)"),
        ("2840588", "département 88"),
        ("284052a", "naissance en Corse (2A)"),
        ("2840520", "naissance en Corse (20)"),
        ("2840599", "naissance à l’étranger (99)"),
        ("2840500", "lieu de naissance 00 (ce département n’existe pas)"),
        ("2840597", "naissance outre-mer (97)"),
        ("28405974", "naissance outre-mer (97)"),
        ("2840597411", "naissance outre-mer (974)"),
    ],
)
def test_what_a_number_says(value: str, said: str) -> None:
    assert shown(nir.reading(value))[-1] == said


@pytest.mark.parametrize("department", ["91", "92", "93", "94", "95", "96"])
def test_no_region_is_concluded_from_91_to_96(department: str) -> None:
    said = shown(nir.reading(f"28405{department}"))[-1]
    assert department in said
    assert "Algérie" in said


@pytest.mark.parametrize("number", REFUSED_KEYS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_wrong_key_shows_where_to_look_and_guesses_nothing(number: str, language: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        nir.parse(number)
    values = caught.value.values
    said = Texts(language)(Text("error.nir.key", values))
    assert set(values) == {"groups", "reading"}
    assert not set(re.findall("[0-9]{15}", said.replace(" ", ""))) - {"255081416802538"}
    for text in nir.reading(number):
        assert Texts(language)(text) in said


@given(
    st.sampled_from(FICTITIOUS), st.integers(0, 14), st.sampled_from("0123456789"), st.booleans()
)
def test_the_group_of_a_slip_is_among_those_to_read_again(
    number: str,
    at: int,
    digit: str,
    swap: bool,  # noqa: FBT001 — drawn
) -> None:
    right = number.replace(" ", "")
    wrong = right[:at] + digit + right[at + 1 :]
    if swap:
        wrong = right[:at] + right[at : at + 2][::-1] + right[at + 2 :]
    try:
        nir.parse(wrong)
    except InvalidValue as error:
        if error.code == "nir.key":
            said = Texts("fr")(Text("error.nir.key", error.values))
            printed = zip(nir.groups(wrong), (1, 3, 5, 7, 10, 13, 15), strict=True)
            group = next(group for group, end in printed if at < end)
            assert f"«\u00a0{group}\u00a0» (" in said or "tous les groupes" in said


@pytest.mark.parametrize("fraction", [".0", ",0", ".00"])
def test_what_a_spreadsheet_adds_is_no_digit(fraction: str) -> None:
    assert nir.parse(f"255081416802538{fraction}") == "255081416802538"


def test_of_two_numbers_in_a_sentence_the_one_whose_key_is_right_is_read() -> None:
    text = "Dossier 284058832102530 et mon numéro 2 84 05 88 321 025 32, merci"
    assert nir.parse(text) == "284058832102532"


def test_when_nothing_simple_explains_it_everything_is_to_be_read_again() -> None:
    with pytest.raises(InvalidValue) as caught:
        nir.parse("9 84 45 88 321 025 99")
    assert caught.value.values["groups"] == Text("nir.group.all")


def test_a_beginning_is_grouped_and_what_is_too_much_comes_last() -> None:
    assert nir.groups("2840588") == ("2", "84", "05", "88")
    assert nir.groups("28405883210253299") == ("2", "84", "05", "88", "321", "025", "32", "99")
    assert nir.groups("") == ()


def test_a_paste_that_is_not_a_number_is_kept_on_one_line() -> None:
    assert nir.normalize("2 84 05\n88 321") == "2 84 05 88 321"


@pytest.mark.parametrize(
    ("month", "advice"),
    [
        ("01", None),
        ("12", None),
        ("00", "month"),
        ("13", "month"),
        ("19", "month"),
        ("20", "month-unknown"),
        ("42", "month-unknown"),
        ("43", "month"),
        ("49", "month"),
        ("50", "month-unknown"),
        ("99", "month-unknown"),
    ],
)
def test_the_months_that_exist_and_those_that_are_unknown(month: str, advice: str | None) -> None:
    found = [each.text.id for each in nir.advise(f"184{month}7512345674")]
    assert found == ([f"advice.nir.{advice}"] if advice else [])


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("1", "homme"),
        ("3", "homme"),
        ("4", "femme"),
        ("7", "homme"),
        ("8", "femme"),
        ("2840598", "naissance outre-mer (98)"),
        ("284052B", "naissance en Corse (2B)"),
        ("2840508", "département 08"),
        ("2840590", "département 90"),
    ],
)
def test_what_the_rarer_beginnings_say(value: str, said: str) -> None:
    assert shown(nir.reading(value))[-1] == said


GROUPS = ("sex", "year", "month", "department", "commune", "order", "key")
ENDS = (1, 3, 5, 7, 10, 13, 15)
SEXES = "123478"
MONTHS = {f"{n:02}" for n in (*range(1, 13), *range(20, 43), *range(50, 100))}


def suspects(number: str) -> set[str]:
    """Return the groups where one slip explains a wrong key, by trying every slip."""
    found = set()
    for at in range(15):
        tried = [number[:at] + sign + number[at + 1 :] for sign in "0123456789AB"]
        tried.append(number[:at] + number[at : at + 2][::-1] + number[at + 2 :])
        for each in tried:
            shape = re.fullmatch("[0-9]{5}([0-9]{2}|2[AB])[0-9]{8}", each)
            if shape and each[0] in SEXES and each[3:5] in MONTHS and key(each[:13]) == each[13:]:
                found.add(next(name for name, end in zip(GROUPS, ENDS, strict=True) if at < end))
    return found


@pytest.mark.parametrize("number", FICTITIOUS)
@pytest.mark.parametrize("at", range(15))
def test_exactly_the_groups_where_a_slip_explains_the_key_are_named(number: str, at: int) -> None:
    right = number.replace(" ", "")
    if not right[at].isdigit():
        return
    wrong = f"{right[:at]}{(int(right[at]) + 1) % 10}{right[at + 1 :]}"
    with pytest.raises(InvalidValue, match=r"nir\.(key|characters)") as caught:
        nir.parse(wrong)
    if caught.value.code == "nir.key":
        names = {f"nir.group.{name}" for name in suspects(wrong)}
        said = str(caught.value.values["groups"])
        named = ids(caught.value.values["groups"])
        assert named == names or (named == {"nir.group.all"} and len(names) in {0, 7}), said


def ids(text: object) -> set[str]:
    """Return the ids of the groups that an enumeration names."""
    if not isinstance(text, Text):
        return set()
    if text.id.startswith("nir.group."):
        return {text.id}
    return {each for value in text.values.values() for each in ids(value)}
