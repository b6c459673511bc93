"""Promises about the words: complete in both languages, none left over, placeholders balanced."""

from __future__ import annotations

import ast
import re
from collections.abc import Container, Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import espace_tui
from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.journey.guiding import SCREEN
from tests.journey.steps.situations import every_step, situations

PACKAGE = Path(espace_tui.__file__).parent
LOCALE = PACKAGE / "i18n" / "locale"
FAMILIES = {"InvalidValue": "error", "Refused": "refused", "Unreachable": "unreachable"}
OPTIONAL = ("lead", "hint", "example", "help", "about", "paste", "review", "yes")
ENUMERATED = ("step.", "field.", "choice.", "action.", "error.", "refused.", "unreachable.")


def catalogue(language: str) -> dict[str, Message]:
    """Return every message of a language, by its id."""
    found = {}
    for path in sorted((LOCALE / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    found[message.id if isinstance(message.id, str) else message.id[0]] = message
    return found


CATALOGUES = {language: catalogue(language) for language in LANGUAGES}


def sources() -> Iterator[ast.Module]:
    for path in PACKAGE.rglob("*.py"):
        yield ast.parse(path.read_text("utf-8"))


def spoken() -> tuple[set[str], set[str]]:
    """Return the literals of the code, and the patterns of its formatted strings."""
    literals, patterns = set(), set()
    for tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                literals.add(node.value)
            if isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[^ ]+"
                    for part in node.values
                ]
                patterns.add("".join(parts))
    return literals, patterns


def raised() -> set[str]:
    """Return the text ids of every coded error that the code raises by a literal."""
    ids = set()
    for tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                first, family = node.args[0], FAMILIES.get(node.func.id)
                if family and isinstance(first, ast.Constant) and isinstance(first.value, str):
                    field = any(word.arg == "field" for word in node.keywords)
                    ids.add(f"{'error' if field else family}.{first.value}")
    return ids


def asked(names: Container[str] | None = None) -> Iterator[tuple[str, bool]]:
    """Yield each text id that (some) steps ask for, and whether it may be missing."""
    for name, step in every_step():
        if names is not None and name not in names:
            continue
        yield f"step.{name}.title", name.startswith(SCREEN)
        yield f"step.{name}.lead", True
        yield f"refused.{step.refusal}", False
        for at in situations():
            for field in step.fields(at):
                yield f"field.{field.text_prefix}.label", False
                yield from ((f"field.{field.text_prefix}.{part}", True) for part in OPTIONAL)
                for choice in set(field.choices) - set(field.choice_texts):
                    yield f"choice.{field.text_prefix}.{choice}", False
                    yield f"choice.{field.text_prefix}.{choice}.about", True
            yield from (
                (f"action.{action.name}", False)
                for action in (*step.actions(at), *step.received(at))
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_the_steps_ask_for_is_there(language: str) -> None:
    needed = {text for text, optional in asked() if not optional} | raised()
    assert sorted(needed - set(CATALOGUES[language])) == []


def test_both_languages_hold_the_same_texts() -> None:
    french, english = (set(CATALOGUES[language]) for language in LANGUAGES)
    assert french == english


def test_no_text_is_left_over() -> None:
    literals, patterns = spoken()
    whole = re.compile(
        "|".join(pattern for pattern in patterns if re.search(r"[a-z]{4}|\w\\\.", pattern))
    )
    known = {text for text, _ in asked()} | raised() | literals
    known |= {f"easy.{text}" for text in CATALOGUES["fr"]}
    left = [
        text
        for text in CATALOGUES["fr"]
        if text not in known and (text.startswith(ENUMERATED[:4]) or not whole.fullmatch(text))
    ]
    assert "\n".join(left) == ""


def forms(message: Message) -> list[str]:
    """Return the sentence, or the sentences of a plural."""
    return [message.string] if isinstance(message.string, str) else [*(message.string or ())]


def placeholders(message: Message) -> set[frozenset[str]]:
    parse = Formatter().parse
    return {frozenset(n for _, n, _, _ in parse(form) if n) for form in forms(message)}


def test_the_languages_say_the_same_values() -> None:
    french, english = (
        {text: placeholders(message) for text, message in CATALOGUES[language].items()}
        for language in LANGUAGES
    )
    assert {text for text, values in french.items() if values != english.get(text)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language: str) -> None:
    said = {text: forms(message) for text, message in CATALOGUES[language].items()}
    assert [text for text, sentences in said.items() if not sentences or not all(sentences)] == []


BROKEN = re.compile(r" [:;?!»]|«[^\u00a0\u202f]|[^\u00a0\u202f]»|'")
"""An ordinary space (or none) where a no-break one belongs, or a straight apostrophe."""


def test_french_is_typographically_right() -> None:
    """No-break spaces inside « » and before double punctuation, curly apostrophes."""
    said = [(text, form) for text, each in CATALOGUES["fr"].items() for form in forms(each)]
    assert [each for each in said if BROKEN.search(each[1])] == []


WORN = re.compile(
    r"\b(?:identifiers?|e-mails?|an (?:username|user name)|dearer|win over|(?:to|not) oppose)\b",
    re.IGNORECASE,
)
"""What plain English says otherwise: a username, an email, opt out."""


def english_of_data() -> Iterator[tuple[str, str]]:
    """Yield what the files of data say in English, each with its file."""
    for path in sorted(PACKAGE.rglob("*.toml")):
        for line in path.read_text("utf-8").splitlines():
            if said := re.match(r'(?:[\w-]+\.)?en(?:-easy)? = "(.*)"', line.strip()):
                yield path.name, said[1]


def test_english_says_one_word_for_one_thing() -> None:
    told = [
        (id_, re.sub(r"\{\w+\}", "", form))
        for id_, each in CATALOGUES["en"].items()
        for form in forms(each)
    ]
    data = [*english_of_data()]
    assert len(data) > 300
    assert [each for each in (*told, *data) if WORN.search(each[1])] == []


LABELLED = re.compile(
    r"^[^.:]{3,50}\u00a0?: (?:cochez|tapez|écrivez|indiquez|celui-ci"
    r"|tick|enter|write|this one)\b"
    r"|^(?!Dites|Say)[^.:]{3,50}\u00a0?: (?:choisissez|choose)\b"
)
"""The name of a field, then what is wrong: the name stands over it already."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_begins_with_what_to_do_or_what_is_wrong(language: str) -> None:
    errors = {
        id_: forms(each) for id_, each in CATALOGUES[language].items() if id_.startswith("error.")
    }
    assert len(errors) > 50
    assert {id_ for id_, each in errors.items() if LABELLED.search(each[0])} == set()


def test_texts_are_looked_up_when_shown() -> None:
    assert Texts("fr")("action.continue") != Texts("en")("action.continue")
