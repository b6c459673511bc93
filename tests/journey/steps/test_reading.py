"""What there is to read, from its first paragraph on, and what is asked instead of a message."""

from __future__ import annotations

import pytest

from espace_tui.errors import InvalidValue
from espace_tui.i18n import Text
from espace_tui.journey import steps
from espace_tui.journey.form import Paragraph
from espace_tui.journey.session import Session
from tests.journey.steps.situations import state_of


@pytest.mark.parametrize("name", ["terms", "data_protection"])
def test_a_document_is_whole_and_belongs_to_the_decision(name: str) -> None:
    step, state = steps.load(name), state_of(Session())
    told = [block.text.id for block in step.blocks(state) if isinstance(block, Paragraph)]
    assert told == [f"{name}.{number}" for number in range(1, len(told) + 1)]
    assert len(told) > 1
    assert step.part_of(state) == "decision"


def test_a_question_that_is_left_open_is_the_one_that_is_named() -> None:
    asked = steps.load("check_questions").fields(state_of(Session()))
    assert asked
    for field in asked:
        with pytest.raises(InvalidValue) as refusal:
            field.parse("")
        assert refusal.value.code == "reported.missing"
        assert refusal.value.values == {"question": Text(f"field.{field.name}.label")}
