"""Promises about every refusal: the right code, words in both languages, nothing typed in a log."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from espace_tui import validators
from espace_tui.errors import FieldProblem, InvalidValue
from espace_tui.i18n import LANGUAGES, Text, Texts
from espace_tui.validators import mobile, nir, one_time_code, password, provisional_code
from tests.validators import cases
from tests.validators.cases import Refusal, refusals

MODULES = sorted(Path(validators.__file__).parent.glob("*.py"))
CASES = list(refusals())
NAMES = [f"{number}-{case.code}" for number, case in enumerate(CASES)]
each_case = pytest.mark.parametrize("case", CASES, ids=NAMES)
each_language = pytest.mark.parametrize("language", LANGUAGES)


def refused(case: Refusal) -> InvalidValue:
    with pytest.raises(InvalidValue) as caught:
        case.parse(case.text)
    return caught.value


@each_case
def test_it_is_refused_by_its_code(case: Refusal) -> None:
    assert refused(case).code == case.code


@each_case
def test_nothing_typed_can_be_printed_by_accident(case: Refusal) -> None:
    error, typed = refused(case), case.text.strip()
    for shown in (str(error), repr(error), repr(FieldProblem("field", error.code, error.values))):
        assert len(typed) < 5 or typed not in shown


@each_language
@each_case
def test_it_says_what_is_wrong_and_gives_an_example(case: Refusal, language: str) -> None:
    error = refused(case)
    sentence = Texts(language)(Text(f"error.{error.code}", error.values))
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert not re.search(r"\b(?:error|nir|serial|character|rule|list)\.[a-z]", sentence)
    assert re.search(r"Exemple|Example", sentence)
    assert re.search(r"Format attendu|Expected format|manque|still needs", sentence)


@pytest.mark.parametrize(
    ("parse", "text", "digits"),
    [
        (nir.parse, "é (( à_ &' &-_ àé( \"_", "2 55 08 14 168 025 38"),
        (nir.parse, "é((à_&'&§!àé(\"!", "2 55 08 14 168 025 38"),
        (cases.photo, "&é\"' (-è_ çà&", "12345 67890 1"),
        (cases.plain_card, "&é\"'(-è_", "1234 5678"),
        (cases.born, "à\":à(:&ç_'", "03/05/1984"),
        (mobile.parse, 'à- "ç ç_ &é "\'', "06 39 98 12 34"),
        (one_time_code.parse, "à\"' (-è", "034 567"),
    ],
)
def test_digits_typed_without_shift_are_offered(parse: cases.Parse, text: str, digits: str) -> None:
    with pytest.raises(InvalidValue, match=r"\.shift") as caught:
        parse(text)
    assert caught.value.values["suggestion"] == digits
    assert parse(digits)


@pytest.mark.parametrize("text", ["«", "- - -", "à", "é è", "à bientôt", "((((", "' _ '"])
def test_what_may_be_something_else_is_not_taken_for_digits(text: str) -> None:
    assert validators.unshifted(text) == ""


def test_one_key_is_enough_where_a_number_is_asked() -> None:
    row = zip("&é\"'(-è_çà", "1234567890", strict=True)
    assert all(validators.unshifted(key, 1) == digit for key, digit in row)


def test_counts_are_of_what_they_say() -> None:
    for parse, text, found in (
        (nir.parse, "N° 2 84 05", 5),
        (cases.photo, "Série n° 12 34", 4),
        (cases.plain_card, "1234567", 7),
        (one_time_code.parse, "code : 34567", 5),
        (provisional_code.parse, "code : AbC1", 4),
    ):
        with pytest.raises(InvalidValue, match="length") as caught:
            parse(text)
        assert caught.value.values["found"] == found


@each_language
def test_a_character_that_does_not_count_as_special_is_named(language: str) -> None:
    for text in ("Zx7€abcd", "x7€abcd"):
        with pytest.raises(InvalidValue) as caught:
            password.parse(text)
        sentence = Texts(language)(Text(f"error.{caught.value.code}", caught.value.values))
        assert "€" in sentence
        assert "{" not in sentence


def raised_codes() -> set[str]:
    """Return every code that a module raises by a literal."""
    found = set()
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "InvalidValue":
                code = node.args[0]
                found |= {code.value} if isinstance(code, ast.Constant) else set()
    return {str(code) for code in found}


def test_every_code_has_its_case() -> None:
    assert raised_codes() - {case.code for case in CASES} == set()


def catalogue(language: str) -> dict[str, str]:
    path = Path(validators.__file__).parents[1] / "i18n" / "locale" / language / "validators.po"
    with path.open("rb") as file:
        return {str(each.id): str(each.string) for each in read_po(file) if each.id}


@each_language
def test_every_text_of_an_error_has_its_case(language: str) -> None:
    errors = {text for text in catalogue(language) if text.startswith("error.")}
    assert errors == {f"error.{case.code}" for case in CASES}


def test_french_is_typographically_right() -> None:
    """No-break spaces inside « » and before double punctuation, curly apostrophes."""
    wrong = re.compile(r"[^\u00a0]:(?!\w)|[^\u202f][;?](?!\w)|«(?!\u00a0)|(?<!\u00a0)»|'")
    assert [text for text, said in catalogue("fr").items() if wrong.search(said)] == []


def test_both_languages_take_the_same_values() -> None:
    parsed = [
        {text: {name for _, name, _, _ in Formatter().parse(said)} for text, said in each.items()}
        for each in map(catalogue, LANGUAGES)
    ]
    assert parsed[0] == parsed[1]
