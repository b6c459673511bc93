"""A pasted message keeps its lines, and what cannot be read is said with it."""

from __future__ import annotations

from typing import cast

import pytest

from espace_tui.backends.port import Backend
from espace_tui.errors import InvalidAnswers, InvalidValue
from espace_tui.guide.message.letter import Letter
from espace_tui.journey import steps
from espace_tui.journey.context import StepContext
from espace_tui.journey.session import Session
from espace_tui.journey.steps.reading.check_message import LINE_END, normalize
from tests.walks.worlds import FirstRun, PocketKeyring


@pytest.mark.parametrize(
    ("pasted", "lines"),
    [
        ("Bonjour\nvoici", ["Bonjour", "voici"]),
        ("Subject: un\n  deux ", ["Subject: un", " deux"]),
        ("a\n\tb  c\n\n d", ["a", " b c", "", " d"]),
        (" a b ", ["a b"]),
    ],
)
def test_a_line_that_goes_on_still_begins_with_a_space(pasted: str, lines: list[str]) -> None:
    assert normalize(pasted).split(LINE_END) == lines


class Unreadable:
    """Where no message can be read."""

    async def read(self, text: str) -> Letter:
        assert text
        raise InvalidValue("message.too-large", megabytes=5)


async def test_what_cannot_be_read_is_said_with_what_was_pasted() -> None:
    context = StepContext(
        cast("Backend", None), FirstRun(), PocketKeyring(), letterbox=Unreadable()
    )
    with pytest.raises(InvalidAnswers) as refusal:
        await steps.load("check_message").submit(context, "Bonjour", Session())
    (problem,) = refusal.value.problems
    assert (problem.field, problem.code) == ("pasted_message", "message.too-large")
    assert problem.values == {"megabytes": 5}
