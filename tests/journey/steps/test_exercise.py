"""The steps around a visit that is an exercise: a case is chosen, told, and talked over."""

from __future__ import annotations

import asyncio

import pytest

from espace_tui.counter.training import load_cases
from espace_tui.i18n import Text, Texts
from espace_tui.journey.form import Paragraph
from espace_tui.journey.guiding import SCREEN
from espace_tui.journey.itineraries.exercise import exercise_itinerary
from espace_tui.journey.session import Session
from espace_tui.model.exercise import Exercise
from tests.journey.steps.situations import every_step, state_of
from tests.journey.steps.test_activation import Service, context

CASES = load_cases()


def test_every_step_bears_the_name_that_it_is_loaded_by() -> None:
    loaded = [
        ("site_screen" if name.startswith(SCREEN) else name, step) for name, step in every_step()
    ]
    assert [step.name for _, step in loaded] == [name for name, _ in loaded]


@pytest.mark.parametrize("case", CASES)
def test_the_case_that_is_chosen_is_that_of_the_exercise(case: str) -> None:
    exercise = Exercise(CASES, 7, Texts())
    step = exercise_itinerary(exercise).load("exercise_choice")
    assert step.blocks(state_of()) == (Paragraph(Text("exercise.invented")),)
    [field] = step.fields(state_of())
    assert field.name == "exercise_case"
    title = field.choice_texts[case]
    assert title.id == "exercise.case"
    assert title.values["name"] == CASES[case].person.name
    session = Session()
    assert asyncio.run(step.submit(context(Service()), field.parse(case), session)) is session
    assert exercise.chosen is CASES[case]


def test_another_exercise_is_asked_for_at_the_end_of_one() -> None:
    exercise = Exercise(CASES, 7, Texts(), CASES["georges"])
    step, session = exercise_itinerary(exercise).load("exercise_debrief"), Session()
    assert exercise.again is False
    assert asyncio.run(step.act("another_exercise", context(Service()), session)) is session
    assert exercise.again is True
