"""Every walk against the reference service: over HTTP, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from espace_tui.activation.stores.port import Store
from espace_tui.activation.stores.postgres import PostgresStore
from espace_tui.activation.stores.sqlite import SqliteStore
from espace_tui.journey.wizard import Wizard
from tests.linear.player import Player
from tests.linear.transcript_rules import breaches
from tests.walks import full_screen
from tests.walks.catalogue import WALKS
from tests.walks.plain import play
from tests.walks.script import Walk
from tests.walks.worlds import embedded, over_http

pytestmark = pytest.mark.no_cover  # other tests meet these lines: unmeasured, it is twice as quick

ENGINES = ("sqlite", "postgres")


@pytest.fixture
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    """What opens the store of each engine: one file, one database."""
    if request.param == "sqlite":
        return lambda: SqliteStore(tmp_path / "espace.db")
    address = request.getfixturevalue("database")
    return lambda: PostgresStore(address)


on_each_engine = pytest.mark.parametrize("open_store", ENGINES, indirect=True)


@on_each_engine
@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.name)
async def test_a_walk_tells_the_same_story_over_http(
    walk: Walk, open_store: Callable[[], Store], tmp_path: Path
) -> None:
    async with embedded(tmp_path / "embedded", walk) as world:
        wizard = await play(walk, world)
        told, answers = await world.events(), [each.clear for each in wizard.answers()]
    async with over_http(tmp_path, walk, open_store) as world:
        wizard = await play(walk, world)
        assert await world.events() == told
    shown = [each.clear for each in wizard.answers()]
    assert [len(each) for each in shown] == [len(each) for each in answers]


@on_each_engine
@pytest.mark.parametrize("walk", WALKS[:2], ids=lambda walk: walk.name)
async def test_a_walk_on_the_full_screen_over_http(
    walk: Walk, open_store: Callable[[], Store], tmp_path: Path
) -> None:
    async with over_http(tmp_path, walk, open_store) as world:
        await full_screen.play(walk, world, language="fr", size=(80, 24))


@on_each_engine
@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.name)
async def test_a_walk_on_the_linear_face_over_http(
    walk: Walk, open_store: Callable[[], Store], tmp_path: Path
) -> None:
    async with over_http(tmp_path, walk, open_store) as world:
        player = Player(walk, world, Wizard(world.context()))
        await player.walk("fr")
        assert breaches(player.transcript) == []
