"""Every walk, on the wizard itself: the journey is right before any face draws it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.walks.catalogue import TOLD, WALKS
from tests.walks.plain import play
from tests.walks.script import Walk
from tests.walks.told import Told, path
from tests.walks.worlds import embedded


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.name)
async def test_a_walk(walk: Walk, tmp_path: Path) -> None:
    told = Told()
    async with embedded(tmp_path, walk) as world:
        await play(walk, world, told)
    if walk.name in TOLD:
        assert told.text == path(walk.name).read_text("utf-8")
