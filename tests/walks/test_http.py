"""Every walk against the reference service: over HTTP, on SQLite and on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from espace_tui.activation.store import Store
from espace_tui.stores.postgres import PostgresStore
from espace_tui.stores.sqlite import SqliteStore
from tests.walks.catalogue import WALKS
from tests.walks.plain import play
from tests.walks.script import Walk
from tests.walks.worlds import embedded, over_http

ENGINES = ("sqlite", "postgres")


@pytest.fixture
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty store of each engine."""
    if request.param == "sqlite":
        return SqliteStore(tmp_path / "espace.db")
    return PostgresStore(request.getfixturevalue("database"))


@pytest.mark.parametrize("store", ENGINES, indirect=True)
@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.name)
async def test_a_walk_tells_the_same_story_over_http(
    walk: Walk, store: Store, tmp_path: Path
) -> None:
    async with embedded(tmp_path / "embedded", walk) as place:
        wizard = await play(walk, place)
        told, answers = await place.events(), [each.clear for each in wizard.answers()]
    async with over_http(tmp_path, walk, store) as place:
        wizard = await play(walk, place)
        assert await place.events() == told
    shown = [each.clear for each in wizard.answers()]
    assert [len(each) for each in shown] == [len(each) for each in answers]
