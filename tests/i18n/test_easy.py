"""The easy mode: short sentences, one idea a line, no hard word, and nothing of a step missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message

from espace_tui.i18n import LANGUAGES, Text, Texts
from espace_tui.journey import steps
from espace_tui.journey.form import Bullets, Facts, Paragraph
from tests.i18n.test_catalogues import CATALOGUES, asked, forms, placeholders
from tests.journey.steps.situations import every_step, situations
from tools.texts.sentences import LIMITS, sentences, words

EASY = {language: Texts(language, easy=True) for language in LANGUAGES}
HARD = {
    "fr": "trousseau|session|diagnostic|archiv|empreinte|rectification|expéditeur|conditions"
    "|politique|identifiez|clôture[rz] mon|caractère|format attendu|indicatif|échéance|à défaut",
    "en": "keyring|session|diagnostic|archive|fingerprint|rectification|sender|terms"
    "|policy|confirm who|character|expected format|country code|deadline|underscore",
}
"""Words that an easy text does without, or that another word replaces."""
FAMILIES = ("error.", "advice.", "refused.", "rule.", "serial.expected.")
FOR_PEOPLE = {name for name, _ in every_step() if not name.startswith(("counter_", "exercise_"))}
"""The steps that anybody reads: those of a counter are for who helps there."""
DATA = ("guide.", "check.")
"""What the guide says from data or as it goes."""
ELSEWHERE = re.compile(r"error\.(message|name|card-kind|language)\.")
"""Errors of commands, not of steps."""


def drawn() -> set[str]:
    """Return every text of the steps of the activation and of the guide: asked, said, or wrong."""
    found = {text for text, _ in asked(FOR_PEOPLE) if text in CATALOGUES["fr"]}
    for name in steps.STEPS:
        for at in situations():
            for block in steps.load(name).blocks(at):
                match block:
                    case Paragraph(text):
                        found.add(text.id)
                    case Bullets(texts):
                        found |= {each.id for each in texts}
                    case Facts(rows):
                        found |= {part.id for row in rows for part in row if isinstance(part, Text)}
                    case _:
                        pass
    found |= {text for text in CATALOGUES["fr"] if text.startswith(DATA)}
    errors = {text for text in CATALOGUES["fr"] if text.startswith(FAMILIES)}
    return found | {text for text in errors if not ELSEWHERE.match(text)}


def shown(language: str, text: str) -> list[str]:
    """Return what the easy mode shows for a text: its version, or the usual one by sentences."""
    easy = CATALOGUES[language].get(f"easy.{text}")
    return forms(easy) if easy else [EASY[language](text)]


def hard(language: str, form: str) -> Iterator[str]:
    """Yield what is too hard in a text: a line of two sentences, or too long; a hard word."""
    for line in form.split("\n"):
        if len(list(sentences(line))) > 1 or words(line) > LIMITS["easy.po"]:
            yield line
    said = re.sub(r"\{\w+\}", "", form)
    yield from re.findall(rf"\b(?:{HARD[language]})", said, re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_a_step_lacks_an_easy_version(language: str) -> None:
    read = drawn()
    assert len(read) > 500
    found = {
        text: [h for form in shown(language, text) for h in hard(language, form)] for text in read
    }
    assert {text: each for text, each in found.items() if each} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_easy_text_stands_for_a_usual_one(language: str) -> None:
    catalogue = CATALOGUES[language]
    easy = {text: message for text, message in catalogue.items() if text.startswith("easy.")}
    assert len(easy) > 100
    usual = {text: catalogue[text.removeprefix("easy.")] for text in easy}
    assert {text for text in easy if not names(easy[text]) <= names(usual[text])} == set()
    lines = [line for each in easy.values() for form in forms(each) for line in form.split("\n")]
    assert [line for line in lines if len(list(sentences(line))) > 1] == []


def names(message: Message) -> frozenset[str]:
    """Return the names of the values that any form of a text takes."""
    return frozenset().union(*placeholders(message))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_marked_as_not_yet_tested_with_readers(language: str) -> None:
    said = EASY[language]("welcome.needs")
    assert {"fr": "pas encore été essayés", "en": "not yet been tested"}[language] in said


def test_it_may_be_turned_off_and_a_text_without_a_version_is_cut_by_sentences() -> None:
    usual, easy = Texts("en"), Texts("en", easy=True)
    assert easy("refused.busy", wait="9 s") == (
        "There are too many people.\nWait 9 s.\nThen try again."
    )
    assert easy("unreachable.store-full").count("\n") == 1
    assert easy("linear.steps.open", number=1, title="x") == "1. x"
    assert "\n" not in usual("unreachable.store-full")
