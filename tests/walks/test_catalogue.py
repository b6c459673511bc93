"""The walks leave nothing out: a new step, field or action without a walk fails here."""

from __future__ import annotations

from pathlib import Path

import pytest

from espace_tui.journey import steps
from tests.journey.steps.situations import situations
from tests.walks.catalogue import WALKS
from tests.walks.plain import play
from tests.walks.script import Expect, Fill
from tests.walks.worlds import embedded

UNWALKED = {
    "privacy_choices": "its boxes are walked in tests/wizard",
    "messages": "only to be read",
    "no_card": "only to be read",
}


def test_every_step_is_met() -> None:
    met = {move.step_name for walk in WALKS for move in walk.moves if isinstance(move, Expect)}
    assert set(steps.STEPS) - met - {"terms", "data_protection", *UNWALKED} == set()


def test_every_field_is_answered() -> None:
    filled = {move.field for walk in WALKS for move in walk.moves if isinstance(move, Fill)}
    asked = {
        field.name
        for name in steps.STEPS
        if name not in UNWALKED
        for at in situations()
        for field in steps.load(name).fields(at)
    }
    assert asked <= filled


TOLD = {
    "activation": (
        "invited identified card-verified decided activated "
        "password-accepted code-sent signed-in signed-out"
    ),
    "opposition": "invited identified card-verified opposed",
}


@pytest.mark.parametrize("name", TOLD)
async def test_the_audit_tells_the_story(name: str, tmp_path: Path) -> None:
    walk = next(walk for walk in WALKS if walk.name == name)
    async with embedded(tmp_path, walk) as world:
        await play(walk, world)
        assert " ".join(await world.events()) == TOLD[name]
