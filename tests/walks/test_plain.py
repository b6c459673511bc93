"""Every walk, on the wizard itself: the journey is right before any face draws it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.walks.catalogue import WALKS
from tests.walks.plain import play
from tests.walks.script import Walk
from tests.walks.worlds import embedded


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.name)
async def test_a_walk(walk: Walk, tmp_path: Path) -> None:
    async with embedded(tmp_path, walk) as world:
        await play(walk, world)
