"""The file on a person's own computer: what it promises, and what it says when it cannot."""
# ruff: noqa: ASYNC240 — a test may wait for the disk

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from espace_tui.activation.stores.port import ConflictError, migrations
from espace_tui.activation.stores.sqlite import SqliteStore
from espace_tui.errors import Unreachable

ADD = "INSERT INTO mark (name, value) VALUES (:name, 'x')"
COUNT = "SELECT COUNT(*) AS n FROM mark"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store is."""
    return tmp_path / "data" / "espace.db"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SqliteStore]:
    """A migrated store that is patient for a tenth of a second."""
    opened = SqliteStore(path, busy_seconds=0.1)
    await opened.migrate()
    yield opened
    await opened.aclose()


async def add(store: SqliteStore, name: str) -> None:
    """Add one row."""
    async with store.transaction() as tx:
        await tx.run(ADD, name=name)


async def count(store: SqliteStore) -> int:
    """Count the rows."""
    async with store.transaction() as tx:
        row = await tx.one(COUNT)
    return int(row["n"]) if row else 0


async def failure(store: SqliteStore) -> str:
    """Return how writing fails."""
    with pytest.raises(Unreachable) as told:
        await add(store, "late")
    return told.value.code


async def test_a_new_store_is_at_the_last_version(store: SqliteStore) -> None:
    assert await store.version() == migrations("sqlite")[-1][0]
    await store.migrate()


async def test_a_transaction_is_whole_or_nothing(store: SqliteStore) -> None:
    async def half(*, then: str) -> None:
        async with store.transaction() as tx:
            await tx.run(ADD, name="one")
            assert await tx.one(COUNT) == {"n": 1}
            await tx.run(then, name="one")
            if then == COUNT:
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await half(then=COUNT)
    with pytest.raises(ConflictError):
        await half(then=ADD)
    with pytest.raises(sqlite3.IntegrityError):
        await half(then="UPDATE mark SET value = NULL WHERE name = :name")
    assert await count(store) == 0


async def test_a_transaction_without_statements_is_nothing(store: SqliteStore) -> None:
    async with store.transaction():
        pass
    assert await count(store) == 0


async def test_a_cancelled_transaction_is_undone_and_holds_nobody_up(store: SqliteStore) -> None:
    started = asyncio.Event()

    async def slow() -> None:
        async with store.transaction() as tx:
            await tx.one(ADD + " RETURNING name", name="one")
            started.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(slow())
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await add(store, "two")
    assert await count(store) == 1


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
async def test_the_files_are_the_owner_s_whatever_the_umask(path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        store = SqliteStore(path)
        await store.migrate()
        await add(store, "one")
    finally:
        os.umask(before)
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in (path.parent, *path.parent.iterdir())}
    await store.aclose()
    assert modes.pop("data") == 0o700
    assert set(modes.values()) == {0o600}
    assert set(modes) == {"espace.db", "espace.db-wal", "espace.db-shm"}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
async def test_a_file_others_may_read_is_refused(path: Path, store: SqliteStore, mode: int) -> None:
    path.chmod(mode)
    other = SqliteStore(path)
    assert await failure(other) == "store-loose"
    await other.aclose()
    assert await count(store) == 0


async def test_a_folder_others_may_enter_is_refused(path: Path, store: SqliteStore) -> None:
    path.parent.chmod(0o755)
    other = SqliteStore(path)
    assert await failure(other) == "store-loose"
    await other.aclose()
    assert await store.version()


async def test_an_empty_folder_is_made_the_owner_s(path: Path) -> None:
    path.parent.mkdir(mode=0o755)
    path.parent.chmod(0o755)
    store = SqliteStore(path)
    await store.migrate()
    await store.aclose()
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_a_locked_store_says_so_then_goes_on(path: Path, store: SqliteStore) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert await failure(store) == "store-locked"
        other.execute("COMMIT")
    await add(store, "late")
    assert await count(store) == 1


async def test_the_loop_goes_on_while_a_lock_is_waited_for(path: Path, store: SqliteStore) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        late = asyncio.create_task(failure(store))
        turns = 0
        while not late.done():
            await asyncio.sleep(0.001)
            turns += 1
    assert await late == "store-locked"
    assert turns > 10


async def test_a_store_locked_while_it_is_made_says_so(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    path.touch(mode=0o600)
    store = SqliteStore(path, busy_seconds=0.1)
    assert await store.version() == 0
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unreachable, match=r"^store-locked$"):
            await store.migrate()
        other.execute("ROLLBACK")
    await store.migrate()
    await store.aclose()


async def test_a_newer_store_is_left_alone(path: Path) -> None:
    first = SqliteStore(path)
    await first.migrate()
    await first.aclose()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    before = path.read_bytes()
    store = SqliteStore(path)
    with pytest.raises(Unreachable, match=r"^store-newer$"):
        await store.migrate()
    await store.aclose()
    assert path.read_bytes() == before


async def test_a_database_of_somebody_else_is_left_alone(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    path.touch(mode=0o600)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE person (name TEXT)")
    store = SqliteStore(path)
    with pytest.raises(Unreachable, match=r"^store-corrupt$"):
        await store.migrate()
    assert await store.version() == 0
    await store.aclose()


async def test_a_file_that_is_no_store_is_left_alone(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    path.touch(mode=0o600)
    path.write_bytes(b"not a database, but somebody's" * 100)
    before = path.read_bytes()
    store = SqliteStore(path)
    with pytest.raises(Unreachable, match=r"^store-corrupt$"):
        await store.migrate()
    await store.aclose()
    assert path.read_bytes() == before


async def test_a_damaged_store_says_so(path: Path) -> None:
    first = SqliteStore(path)
    await first.migrate()
    for n in range(500):
        await add(first, f"row {n}")
    await first.aclose()
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    path.write_bytes(content)
    store = SqliteStore(path)
    assert await failure(store) == "store-corrupt"
    await store.aclose()


async def test_a_full_disk_loses_nothing(store: SqliteStore) -> None:
    await add(store, "kept")
    async with store.transaction() as tx:
        pages = await tx.one("PRAGMA page_count")
    assert pages
    async with store.transaction() as tx:
        await tx.one(f"PRAGMA max_page_count = {pages['page_count']}")
    codes = set()
    for n in range(200):
        try:
            await add(store, f"{n}" * 400)
        except Unreachable as told:
            codes.add(told.code)
            break
    assert codes == {"store-full"}
    before = await count(store)
    async with store.transaction() as tx:
        await tx.one("PRAGMA max_page_count = 1000000")
    await add(store, "again")
    assert await count(store) == before + 1


async def test_a_store_that_cannot_be_written_says_so(store: SqliteStore) -> None:
    await add(store, "kept")
    async with store.transaction() as tx:
        await tx.one("PRAGMA query_only = ON")
    assert await failure(store) == "store-read-only"


async def test_a_file_that_cannot_be_opened_says_why(path: Path) -> None:
    path.parent.mkdir(mode=0o700)
    path.mkdir(mode=0o600)
    store = SqliteStore(path)
    assert await failure(store) == "store-not-a-file"
    await store.aclose()


async def test_a_place_where_no_folder_can_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch(mode=0o600)
    store = SqliteStore(tmp_path / "file" / "data" / "espace.db")
    assert await failure(store) == "store-not-a-folder"
    await store.aclose()


@contextmanager
def being_made(path: Path) -> Iterator[sqlite3.Connection]:
    """A file that another process is making: SQLite refuses to turn it to WAL, without waiting."""
    path.parent.mkdir(mode=0o700)
    path.touch(mode=0o600)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


async def test_a_file_that_another_process_is_making_is_waited_for(path: Path) -> None:
    store = SqliteStore(path)
    with being_made(path) as other:
        asyncio.get_running_loop().call_later(0.05, other.rollback)
        await store.migrate()
    assert await store.version() == migrations("sqlite")[-1][0]
    await store.aclose()


async def test_a_file_that_stays_in_the_making_is_not_waited_for_too_long(path: Path) -> None:
    store = SqliteStore(path, busy_seconds=0.1)
    started = time.monotonic()
    with being_made(path):
        assert await failure(store) == "store-locked"
    assert 0.1 <= time.monotonic() - started < 2
    await store.aclose()


async def test_several_processes_may_share_the_file(path: Path) -> None:
    stores = [SqliteStore(path) for _ in range(4)]
    await asyncio.gather(*(store.migrate() for store in stores))
    await asyncio.gather(
        *(add(store, f"{s} {n}") for s, store in enumerate(stores) for n in range(20))
    )
    assert await count(stores[0]) == 80
    for store in stores:
        await store.aclose()


async def test_what_is_deleted_is_gone_from_the_file(path: Path, store: SqliteStore) -> None:
    for n in range(50):
        await add(store, f"canary {n}")
    async with store.transaction() as tx:
        await tx.run("DELETE FROM mark")
    await store.aclose()
    assert b"canary" not in b"".join(p.read_bytes() for p in path.parent.iterdir())


async def test_every_table_is_strict(store: SqliteStore) -> None:
    async with store.transaction() as tx:
        tables = await tx.all("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        settings = [
            await tx.one(f"PRAGMA {name}")
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        ]
    assert all(table["sql"].rstrip().endswith("STRICT") for table in tables)
    assert [next(iter(row.values())) for row in settings if row] == ["wal", 2, 1, 1]
