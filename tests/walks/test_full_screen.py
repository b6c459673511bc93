"""Every walk on the full screen, by the keyboard alone: the same story as on the wizard itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from espace_tui.i18n import LANGUAGES
from tests.walks import plain
from tests.walks.catalogue import WALKS
from tests.walks.full_screen import play
from tests.walks.script import Walk
from tests.walks.worlds import embedded

pytestmark = pytest.mark.no_cover  # other tests meet these lines: unmeasured, it is twice as quick


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.name)
async def test_a_walk_in_french(walk: Walk, tmp_path: Path) -> None:
    async with embedded(tmp_path / "screen", walk) as world:
        wizard = await play(walk, world, language="fr", size=(80, 24))
        events = await world.events()
    async with embedded(tmp_path / "plain", walk) as world:
        bare = await plain.play(walk, world)
        assert events == await world.events()
    assert plain.without_chance(wizard.session) == plain.without_chance(bare.session)


EASY = [
    WALKS[0],
    *(walk for walk in WALKS if walk.name in {"a wrong password", "a forgotten password"}),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("walk", EASY, ids=lambda walk: walk.name)
async def test_a_walk_in_the_easy_mode(walk: Walk, language: str, tmp_path: Path) -> None:
    """One question a screen, in easy words: the same story."""
    async with embedded(tmp_path / "easy", walk) as world:
        wizard = await play(walk, world, language=language, size=(80, 24), easy=True)
        events = await world.events()
    async with embedded(tmp_path / "plain", walk) as world:
        bare = await plain.play(walk, world)
        assert events == await world.events()
    assert plain.without_chance(wizard.session) == plain.without_chance(bare.session)


@pytest.mark.parametrize("walk", WALKS[:2], ids=lambda walk: walk.name)
async def test_a_walk_in_english_on_a_small_screen(walk: Walk, tmp_path: Path) -> None:
    async with embedded(tmp_path, walk) as world:
        await play(walk, world, language="en", size=(40, 12))
