"""The PostgreSQL store keeps its promises where SQLite needs none: many processes, lost servers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from espace_tui.activation.stores import postgres
from espace_tui.activation.stores.port import ConflictError, migrations
from espace_tui.activation.stores.postgres import PostgresStore, Timeouts
from espace_tui.activation.stores.postgres_sql import refusal
from espace_tui.errors import Unreachable
from tests.postgres import Cluster

PUT = "INSERT INTO mark (name, value) VALUES (:name, :value)"
GET = "SELECT value FROM mark WHERE name = :name"
SET = "UPDATE mark SET value = :value WHERE name = :name"
CUT = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE wait_event_type = 'Lock' AND datname = current_database()
"""


async def put(store: PostgresStore, name: str, value: str = "") -> None:
    async with store.transaction() as tx:
        await tx.run(PUT, name=name, value=value)


async def names(store: PostgresStore) -> set[str]:
    async with store.transaction() as tx:
        return {row["name"] for row in await tx.all("SELECT name FROM mark")}


async def test_an_empty_database_is_migrated_once_by_many_at_once(cluster: Cluster) -> None:
    empty = cluster.new_database()
    stores = [PostgresStore(empty), PostgresStore(empty)]
    assert await stores[0].version() == 0
    await asyncio.gather(*(store.migrate() for store in stores for _ in range(3)))
    assert await stores[0].version() == migrations("postgres")[-1][0]
    for store in stores:
        await store.aclose()


async def test_a_newer_database_is_left_alone(postgres_store: PostgresStore) -> None:
    async with postgres_store.transaction() as tx:
        await tx.run("INSERT INTO migration (number) VALUES (9999)")
    with pytest.raises(Unreachable) as told:
        await postgres_store.migrate()
    assert told.value.code == "store-newer"


async def test_nothing_is_kept_after_an_error(postgres_store: PostgresStore) -> None:
    async def fail() -> None:
        async with postgres_store.transaction() as tx:
            await tx.run(PUT, name="half", value="")
            await tx.one(GET, name="half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await names(postgres_store) == set()


async def test_more_than_a_socket_holds_arrives_whole(postgres_store: PostgresStore) -> None:
    great = "é" * 8_000_000
    async with postgres_store.transaction() as tx:
        for name in "ab":
            await tx.run(PUT, name=name, value=great)
        rows = await tx.all("SELECT value FROM mark")
    assert [row["value"] == great for row in rows] == [True, True]


async def test_an_error_spoils_nothing_for_what_comes_next(database: str) -> None:
    """What follows an error on its way to the server is never prepared there."""
    store = PostgresStore(database, connections=1)
    await put(store, "there")

    async def put_again() -> None:
        async with store.transaction() as tx:
            await tx.run(PUT, name="there", value="")
            await tx.run(SET, name="there", value="never")

    for number in range(5):
        with pytest.raises(ConflictError):
            await put_again()
        async with store.transaction() as tx:
            await tx.run(SET, name="there", value=str(number))
            row = await tx.one(GET, name="there")
        assert row == {"value": str(number)}
    await store.aclose()


@pytest.mark.parametrize("prepared_from", [0, 1])
async def test_what_is_undone_spoils_nothing_for_what_comes_next(
    prepared_from: int, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The driver has the server forget what is prepared at once, not after the next statement."""
    monkeypatch.setattr(postgres, "PREPARED_FROM", prepared_from)
    store = PostgresStore(database, connections=1)

    async def undo(name: str) -> None:
        async with store.transaction() as tx:
            await tx.run(PUT, name=name, value="")
            await tx.one(GET, name=name)
            raise ZeroDivisionError

    for number in range(5):
        await put(store, f"new {number}")
        with pytest.raises(ZeroDivisionError):
            await undo(f"undone {number}")
        assert f"new {number}" in await names(store)
    assert len(await names(store)) == 5
    await store.aclose()


async def test_a_cancelled_call_keeps_nothing_and_costs_no_connection(database: str) -> None:
    store = PostgresStore(database, connections=1)

    async def work() -> None:
        async with store.transaction() as tx:
            await tx.run(PUT, name="half", value="")
            await tx.one("SELECT pg_sleep(60)::text AS slept")

    for _ in range(3):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await work()
    assert await names(store) == set()
    await store.aclose()


async def test_a_deadlock_is_a_conflict_for_one_of_the_two(postgres_store: PostgresStore) -> None:
    await put(postgres_store, "a")
    await put(postgres_store, "b")
    met = asyncio.Barrier(2)

    async def cross(first: str, second: str) -> None:
        async with postgres_store.transaction() as tx:
            await tx.one(f"{SET} RETURNING name", name=first, value=first)
            await met.wait()
            await tx.run(SET, name=second, value=first)

    ended = await asyncio.gather(cross("a", "b"), cross("b", "a"), return_exceptions=True)
    assert [type(each) for each in ended if each] == [ConflictError]


@pytest.mark.parametrize(
    ("patience", "code"),
    [(Timeouts(lock=0.1), "store-locked"), (Timeouts(statement=0.1), "timeout")],
)
async def test_waiting_has_an_end(database: str, patience: Timeouts, code: str) -> None:
    holder, waiter = PostgresStore(database), PostgresStore(database, patience=patience)
    await put(holder, "held")
    async with holder.transaction() as tx:
        await tx.one(f"{SET} RETURNING name", name="held", value="")
        with pytest.raises(Unreachable) as told:
            async with waiter.transaction() as late:
                await late.run(SET, name="held", value="late")
    assert told.value.code == code
    await holder.aclose()
    await waiter.aclose()


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("53100", "store-full"),
        ("53200", "busy"),
        ("53300", "busy"),
        ("25006", "store-read-only"),
        ("55P03", "store-locked"),
        ("57014", "timeout"),
        ("25P03", "timeout"),
        ("XX001", "store-corrupt"),
        ("XX002", "store-corrupt"),
    ],
)
async def test_an_error_of_the_server_has_its_message(
    postgres_store: PostgresStore, state: str, code: str
) -> None:
    with pytest.raises(Unreachable) as told:
        async with postgres_store.transaction() as tx:
            await tx.run(f"DO $$ BEGIN RAISE 'why not' USING ERRCODE = '{state}'; END $$")
    assert (told.value.code, told.value.values) == (code, {"reason": "why not"})


@pytest.mark.parametrize("state", ["40001", "40P01", "23505"])
async def test_what_the_server_undoes_is_done_again(
    postgres_store: PostgresStore, state: str
) -> None:
    with pytest.raises(ConflictError):
        async with postgres_store.transaction() as tx:
            await tx.run(f"DO $$ BEGIN RAISE 'undone' USING ERRCODE = '{state}'; END $$")


def test_why_no_connection_is_taken_is_on_one_line(cluster: Cluster) -> None:
    nowhere = "host=127.0.0.1 port=1 dbname=espace"
    found = refusal(nowhere)
    assert found.splitlines() == [found]
    assert "failed: Connection refused Is the server running on that host" in found
    assert refusal(cluster.new_database()) == ""


async def test_too_many_at_once_are_told_so(database: str) -> None:
    store = PostgresStore(database, connections=1, patience=Timeouts(connection=1))
    async with store.transaction() as tx:
        await tx.one(GET, name="held")
        waits = [put(store, str(number)) for number in range(40)]
        ended = await asyncio.gather(*waits, return_exceptions=True)
    codes = [each.code for each in ended if isinstance(each, Unreachable)]
    assert len(codes) == 40
    assert 0 < codes.count("busy") <= 8  # beyond 32 that wait; the others wait a second for nothing
    assert codes.count("network") == 40 - codes.count("busy")
    await store.aclose()


@pytest.mark.parametrize("odd", ["a\0b", "a\udcffb", "\0"])
async def test_a_text_postgresql_cannot_hold_is_only_not_found(
    postgres_store: PostgresStore, odd: str
) -> None:
    async with postgres_store.transaction() as tx:
        assert await tx.one(GET, name=odd) is None


async def test_the_audit_trail_can_only_grow(postgres_store: PostgresStore) -> None:
    async with postgres_store.transaction() as tx:
        await tx.run("INSERT INTO audit VALUES ('1', 1, 'invited', 'someone')")
    for change in ("UPDATE audit SET at = 2", "DELETE FROM audit", "TRUNCATE audit"):
        with pytest.raises(Exception, match="can only grow"):
            async with postgres_store.transaction() as tx:
                await tx.run(change)


@pytest.fixture
async def own(own_cluster: Cluster) -> AsyncIterator[tuple[Cluster, PostgresStore]]:
    """A server of one's own, to be stopped, and a migrated store on it."""
    store = PostgresStore(own_cluster.url(), patience=Timeouts(connection=0.5))
    await store.migrate()
    yield own_cluster, store
    await store.aclose()


async def test_a_dead_server_is_unreachable_and_back_at_once(
    own: tuple[Cluster, PostgresStore],
) -> None:
    server, store = own
    await asyncio.gather(*(put(store, str(number)) for number in range(8)))
    server.stop("immediate")
    for _ in range(3):
        with pytest.raises(Unreachable) as told:
            await put(store, "lost")
        assert told.value.code == "network"
    server.start()
    await put(store, "back")
    assert "back" in await names(store)


async def test_a_server_that_came_back_while_nobody_asked_is_not_even_seen(
    own: tuple[Cluster, PostgresStore],
) -> None:
    server, store = own
    await asyncio.gather(*(put(store, str(number)) for number in range(8)))
    server.stop("immediate")
    server.start()
    await put(store, "back")
    assert "back" in await names(store)


async def test_what_was_lost_at_its_end_is_known_by_nobody(
    own: tuple[Cluster, PostgresStore],
) -> None:
    """The end is one trip: whether it arrived is not said."""
    server, store = own
    await put(store, "held")
    holder = PostgresStore(server.url())

    async def hold() -> None:
        async with holder.transaction() as tx:
            await tx.one(f"{SET} RETURNING name", name="held", value="")
            losing = asyncio.create_task(lose())
            await asyncio.wait({losing}, timeout=0.2)
            server.stop("immediate")
            await losing

    async def lose() -> None:
        async with store.transaction() as tx:
            await tx.run(SET, name="held", value="late")

    with pytest.raises(Unreachable) as told:
        await hold()
    assert told.value.code == "network"
    server.start()
    await holder.aclose()


async def test_an_end_that_was_lost_is_not_made_again(database: str) -> None:
    holder, loser = PostgresStore(database), PostgresStore(database)
    await put(holder, "held")
    async with holder.transaction() as tx:
        await tx.one(f"{SET} RETURNING name", name="held", value="")
        losing = asyncio.create_task(put(loser, "held"))
        await asyncio.wait({losing}, timeout=0.2)
        await tx.all(CUT)
        with pytest.raises(Unreachable) as told:
            await asyncio.wait_for(losing, 2)
    assert told.value.code == "network"
    await holder.aclose()
    await loser.aclose()


async def test_what_was_lost_before_its_commit_may_be_done_again(
    own: tuple[Cluster, PostgresStore],
) -> None:
    server, store = own

    async def lose() -> None:
        async with store.transaction() as tx:
            await tx.one(f"{PUT} RETURNING name", name="half", value="")
            server.stop("immediate")
            server.start()
            await tx.one(GET, name="half")

    with pytest.raises(ConflictError):
        await lose()
    assert await names(store) == set()


async def test_a_server_that_may_only_be_read_is_left(database: str) -> None:
    store = PostgresStore(database, connections=1)
    async with store.transaction() as tx:
        before = await tx.one("SELECT pg_backend_pid() AS pid")

    async def write() -> None:
        async with store.transaction() as tx:
            await tx.run("SET TRANSACTION READ ONLY")
            await tx.run(PUT, name="a", value="")

    with pytest.raises(Unreachable) as told:
        await write()
    assert told.value.code == "store-read-only"
    async with store.transaction() as tx:
        assert await tx.one("SELECT pg_backend_pid() AS pid") != before
    await store.aclose()


async def test_the_standby_that_takes_over_is_found(own: tuple[Cluster, PostgresStore]) -> None:
    primary, _ = own
    standby = primary.standby()
    both = f"host={primary.folder},{standby.folder} user=espace dbname=postgres"
    store = PostgresStore(f"{both} target_session_attrs=read-write")
    await put(store, "before")
    primary.stop("immediate")
    standby.promote()
    await put(store, "after")
    assert await names(store) == {"before", "after"}
    await store.aclose()
    standby.remove()
