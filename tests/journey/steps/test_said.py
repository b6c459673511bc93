"""No raw placeholder is ever shown: what each step says is filled, whatever is submitted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from espace_tui.errors import FieldProblem, InvalidAnswers
from espace_tui.i18n import LANGUAGES, Text, Texts
from espace_tui.journey import steps
from espace_tui.journey.form import (
    Bullets,
    Facts,
    Field,
    FieldKind,
    Paragraph,
    Step,
    StepState,
    parse_fields,
)
from tests.journey.steps.situations import every_drawing, every_step

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


def shown(step: Step[Any], state: StepState) -> Iterator[Text]:
    """Yield what a step always says, whatever is answered: none of it may be without words."""
    for block in step.blocks(state):
        match block:
            case Paragraph(text=text):
                yield text
            case Bullets(texts=texts):
                yield from texts
            case Facts(rows=rows):
                yield from (label for label, _ in rows)
    yield from (Text(f"action.{action.name}") for action in step.actions(state))


@cache
def all_said() -> list[tuple[str, Text]]:
    """Return it for every situation: the texts do not depend on the language."""
    return [
        (name, text)
        for name, step, state in every_drawing()
        for said in (*map(said_of, step.fields(state)), shown(step, state))
        for text in said
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("easy", [False, True])
def test_nothing_is_said_with_a_raw_placeholder(language: str, *, easy: bool) -> None:
    texts = Texts(language, easy=easy)
    raw = {
        (name, text.id) for name, text in all_said() if texts.has(text.id) and "{" in texts(text)
    }
    assert raw == set()


def test_what_a_step_says_has_words() -> None:
    texts = Texts("fr")
    ids = {text.id for _, step, state in every_drawing() for text in shown(step, state)}
    assert {text_id for text_id in ids if not texts.has(text_id)} == set()
    numbered = {text_id for text_id in ids if text_id.rpartition(".")[2].isdigit()}
    assert len(numbered) > 10
    assert {text_id for text_id in map(following, numbered) if texts.has(text_id)} <= numbered


def following(text_id: str) -> str:
    """Return the id of the text after one whose id ends with its number."""
    name, _, number = text_id.rpartition(".")
    return f"{name}.{int(number) + 1}"


def test_every_action_leads_to_a_step() -> None:
    targets = {
        (name, action.name, action.target)
        for name, step, state in every_drawing()
        for action in step.actions(state)
        if action.target
    }
    known = {name for name, _ in every_step()} | {*steps.STEPS}
    assert len(targets) > 50
    assert {each for each in targets if each[2] not in known} == set()


def test_a_box_that_must_be_ticked_has_an_error_of_its_own() -> None:
    boxes = {
        problem.field: problem.code
        for _, step, state in every_drawing()
        for field in step.fields(state)
        if field.kind is FieldKind.CHECKBOX
        for problem in problems_of(field)
    }
    assert boxes.keys() >= {"closing", "reopening", "opposing"}
    assert boxes == {name: f"{name}.missing" for name in boxes}


def problems_of(field: Field) -> tuple[FieldProblem, ...]:
    try:
        parse_fields([field], {})
    except InvalidAnswers as error:
        return tuple(error.problems)
    return ()
