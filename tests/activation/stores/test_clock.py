"""The database's clock decides; a file leaves the time to this machine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from espace_tui.activation.stores.clock import StoreClock
from espace_tui.activation.stores.postgres import PostgresStore
from espace_tui.activation.stores.sqlite import SqliteStore
from espace_tui.clock import MovableClock

DAYS_AHEAD = 43


def wrong_clock() -> StoreClock:
    return StoreClock(MovableClock(datetime.now(UTC) + timedelta(days=DAYS_AHEAD)))


def days_ahead(clock: StoreClock) -> int:
    return round((clock.now() - datetime.now(UTC)).total_seconds() / 86_400)


async def test_the_server_s_clock_decides(postgres_store: PostgresStore) -> None:
    clock = wrong_clock()
    assert days_ahead(clock) == DAYS_AHEAD
    assert round(await clock.synchronise(postgres_store)) == DAYS_AHEAD * 86_400
    assert days_ahead(clock) == 0
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


async def test_a_file_leaves_the_time_to_this_machine(tmp_path: Path) -> None:
    store, clock = SqliteStore(tmp_path / "espace.db"), wrong_clock()
    assert await clock.synchronise(store) == 0
    assert days_ahead(clock) == DAYS_AHEAD
    await store.aclose()
