"""No raw placeholder is ever shown: what each step says is filled, whatever is submitted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from espace_tui.errors import InvalidAnswers
from espace_tui.i18n import LANGUAGES, Text, Texts
from espace_tui.journey.form import Field, Paragraph, StepState, parse_fields
from tests.journey.steps.situations import every_step, situations

TYPED = ("", "x", "Zz9!" * 40, "2 84 05 88 321 025 30")
"""Nothing, something short, something long, something nearly right."""


def said_of(field: Field) -> Iterator[Text]:
    yield from map(field.text_for, ("label", "hint", "example", "help", "paste"))
    yield from (field.choice_text(value) for value in field.choices)
    for text in TYPED:
        try:
            parse_fields([field], {field.name: text})
        except InvalidAnswers as error:
            yield from (Text(f"error.{each.code}", each.values) for each in error.problems)
        yield from (tick.rule for tick in field.ticks(text))


def said(state: StepState) -> Iterator[tuple[str, Text]]:
    for name, step in every_step():
        for field in step.fields(state):
            yield from ((name, text) for text in said_of(field))
        for block in step.blocks(state):
            if isinstance(block, Paragraph):
                yield name, block.text


@cache
def all_said() -> list[tuple[str, Text]]:
    """Return it for every situation: the texts do not depend on the language."""
    return [each for state in situations() for each in said(state)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("easy", [False, True])
def test_nothing_is_said_with_a_raw_placeholder(language: str, *, easy: bool) -> None:
    texts = Texts(language, easy=easy)
    raw = {
        (name, text.id) for name, text in all_said() if texts.has(text.id) and "{" in texts(text)
    }
    assert raw == set()
