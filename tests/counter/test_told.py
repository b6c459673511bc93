"""What is read along a visit, and along an exercise, to the letter.

When it changes on purpose: ``python -m tests.walks.retell``, and read the diff.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.counter.told import CASES_TOLD, VISITS, case_told, visit_told, waiting_told
from tests.walks.script import Walk
from tests.walks.told import path


@pytest.mark.parametrize("walk", VISITS, ids=lambda walk: walk.name)
async def test_a_visit_tells_what_it_told(walk: Walk) -> None:
    assert await visit_told(walk) == path(f"visit {walk.name}").read_text("utf-8")


@pytest.mark.parametrize("case", CASES_TOLD)
async def test_an_exercise_tells_what_it_told(case: str, tmp_path: Path) -> None:
    assert await case_told(case, tmp_path) == path(f"exercise {case}").read_text("utf-8")


async def test_the_waiting_screen_tells_how_the_visit_before_ended() -> None:
    assert await waiting_told() == path("visit before").read_text("utf-8")
