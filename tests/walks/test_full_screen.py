"""Every walk on the full screen, by the keyboard alone: the same story as on the wizard itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.walks import plain
from tests.walks.catalogue import WALKS
from tests.walks.full_screen import play
from tests.walks.script import Walk
from tests.walks.worlds import embedded

pytestmark = pytest.mark.no_cover  # other tests meet these lines: unmeasured, it is twice as quick


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.name)
async def test_a_walk_in_french(walk: Walk, tmp_path: Path) -> None:
    async with embedded(tmp_path / "screen", walk) as place:
        wizard = await play(walk, place, language="fr", size=(80, 24))
        events = await place.events()
    async with embedded(tmp_path / "plain", walk) as place:
        bare = await plain.play(walk, place)
        assert events == await place.events()
    assert plain.known(wizard.session) == plain.known(bare.session)


@pytest.mark.parametrize("walk", WALKS[:2], ids=lambda walk: walk.name)
async def test_a_walk_in_english_on_a_small_screen(walk: Walk, tmp_path: Path) -> None:
    async with embedded(tmp_path, walk) as place:
        await play(walk, place, language="en", size=(40, 12))
