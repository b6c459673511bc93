"""What there is to read, from its first paragraph on, and what is asked instead of a message."""

from __future__ import annotations

from typing import cast

import pytest

from espace_tui.backends.port import Backend
from espace_tui.errors import InvalidValue
from espace_tui.i18n import Text
from espace_tui.journey import steps
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import Paragraph
from espace_tui.journey.session import Session
from espace_tui.model.consents import CONSENTS
from tests.journey.steps.situations import state_of
from tests.walks.worlds import FirstRun, PocketKeyring


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


def test_some_steps_are_shown_before_anything_of_the_service_is_known() -> None:
    early = {name for name in steps.STEPS if steps.load(name).early}
    assert early == {"welcome", "no_card", "privacy", "privacy_choices"}


@pytest.mark.parametrize(
    ("action", "kept"), [("accept_all", frozenset(CONSENTS)), ("refuse_all", frozenset())]
)
async def test_what_may_be_kept_is_all_or_nothing_in_one_go(
    action: str, kept: frozenset[str]
) -> None:
    preferences = FirstRun()
    context = StepContext(cast("Backend", None), preferences, PocketKeyring())
    assert await steps.load("privacy").act(action, context, Session()) == Session()
    assert (preferences.chosen, preferences.allowed) == (True, kept)
