"""The contract of a store: what `activation.stores.port.Store` promises, engine by engine."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Protocol, TypeVar

from espace_tui.activation.stores.port import ConflictError, Store, Transaction
from espace_tui.testing.contract_test import OpensHarness, contract_test

T = TypeVar("T")
PUT = "INSERT INTO mark (name, value) VALUES (:name, :value)"
PUT_OVER = PUT + " ON CONFLICT (name) DO UPDATE SET value = EXCLUDED.value RETURNING value"
GET = "SELECT value FROM mark WHERE name = :name"
EMPTY = "UPDATE mark SET value = '' WHERE name = :name AND value <> ''"
SPEND = "UPDATE mark SET value = '' WHERE name = :name AND value <> '' RETURNING name"
COUNT = """
UPDATE mark SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) WHERE name = :name RETURNING value
"""
MANY = 20


class StoreHarness(Protocol):
    """What the suite needs around a store."""

    @property
    def store(self) -> Store:
        """A store with nothing in it, not even tables."""
        ...

    async def another(self) -> Store:
        """Open the same store once more, as another process would; the suite closes it."""
        ...


async def act(store: Store, work: Callable[[Transaction], Awaitable[T]]) -> T:
    """Run a transaction, again each time the engine undid it in favour of another."""
    while True:
        try:
            async with store.transaction() as tx:
                return await work(tx)
        except ConflictError:
            continue


async def put(store: Store, name: str, value: str) -> None:
    """Write a mark."""
    await act(store, lambda tx: tx.run(PUT, name=name, value=value))


async def get(store: Store, name: str) -> str | None:
    """Read a mark."""
    row = await act(store, lambda tx: tx.one(GET, name=name))
    return row["value"] if row else None


class StoreContract(OpensHarness[StoreHarness]):
    """All that a store promises; a subclass says in `opened` how to open an empty one."""

    @contract_test
    async def test_migrating_again_changes_nothing(self, house: StoreHarness) -> None:
        """Even when several ask at once."""
        assert await house.store.version() == 0
        await asyncio.gather(*(house.store.migrate() for _ in range(3)))
        version = await house.store.version()
        assert version > 0
        await put(house.store, "kept", "yes")
        await house.store.migrate()
        assert await house.store.version() == version
        assert await get(house.store, "kept") == "yes"

    @contract_test
    async def test_a_transaction_is_whole(self, house: StoreHarness) -> None:
        """What it wrote is read in it, and by others after it."""
        await house.store.migrate()
        async with house.store.transaction() as tx:
            await tx.run(PUT, name="a", value="é ’ 🩺")
            row = await tx.one(GET, name="a")
            assert row is not None
            assert row["value"] == "é ’ 🩺"
        assert await get(house.store, "a") == "é ’ 🩺"
        assert await get(house.store, "b") is None

    @contract_test
    async def test_an_error_undoes_everything(self, house: StoreHarness) -> None:
        """Half a step never stays."""
        await house.store.migrate()
        with suppress(ZeroDivisionError):
            async with house.store.transaction() as tx:
                await tx.run(PUT, name="half", value="x")
                await tx.one(GET, name="half")
                _ = 1 / 0
        assert await get(house.store, "half") is None

    @contract_test
    async def test_a_row_added_by_another_is_a_conflict(self, house: StoreHarness) -> None:
        """Even when it is only seen at the end; all the rest is undone."""
        await house.store.migrate()
        await put(house.store, "a", "first")
        conflicts = 0
        try:
            async with house.store.transaction() as tx:
                await tx.run(PUT, name="half", value="x")
                await tx.run(PUT, name="a", value="second")
        except ConflictError:
            conflicts += 1
        assert conflicts == 1
        assert await get(house.store, "half") is None
        assert await get(house.store, "a") == "first"

    @contract_test
    async def test_a_cancelled_transaction_is_undone(self, house: StoreHarness) -> None:
        """The store still serves after it."""
        await house.store.migrate()
        begun = asyncio.Event()

        async def work() -> None:
            async with house.store.transaction() as tx:
                await tx.run(PUT, name="half", value="x")
                await tx.one(GET, name="half")
                begun.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(work())
        await begun.wait()
        task.cancel()
        await asyncio.wait({task})
        assert await get(house.store, "half") is None

    @contract_test
    async def test_a_name_is_held_until_the_end(self, house: StoreHarness) -> None:
        """Who asks for it meanwhile waits, and sees what was done; in whatever order."""
        await house.store.migrate()
        await put(house.store, "n", "0")
        others = [house.store, await house.another()]

        async def add(store: Store, *names: str) -> None:
            async def work(tx: Transaction) -> None:
                await tx.lock(*names)
                row = await tx.one(GET, name="n")
                number = int(row["value"]) if row else 0
                await tx.run(PUT_OVER, name="n", value=str(number + 1))

            await act(store, work)

        await asyncio.gather(
            *(add(store, *names) for store in others for names in (("a", "b"), ("b", "a")) * 5)
        )
        await others[1].aclose()
        assert await get(house.store, "n") == "20"

    @contract_test
    async def test_it_tells_its_time_or_that_it_has_none(self, house: StoreHarness) -> None:
        """Of two moments, the later one is not before the other."""
        first, second = await house.store.clock(), await house.store.clock()
        assert (first is None) is (second is None)
        assert (first or 0) <= (second or 0)

    @contract_test
    async def test_a_row_may_be_written_over(self, house: StoreHarness) -> None:
        """In one statement, which returns what it wrote."""
        await house.store.migrate()
        await put(house.store, "a", "1")
        rows = await act(house.store, lambda tx: tx.all(PUT_OVER, name="a", value="2"))
        assert [row["value"] for row in rows] == ["2"]

    @contract_test
    async def test_who_waits_is_told_what_changes_nothing(self, house: StoreHarness) -> None:
        """And goes on."""
        await house.store.migrate()
        async with house.store.transaction() as tx:
            assert not await tx.changes(EMPTY, name="a")
            assert await tx.changes(PUT, name="a", value="full")
            assert await tx.changes(EMPTY, name="a")
            assert not await tx.changes(EMPTY, name="a")
        assert await get(house.store, "a") == ""

    @contract_test
    async def test_one_of_many_spends_what_there_is_once(self, house: StoreHarness) -> None:
        """From any number of processes."""
        await house.store.migrate()
        await put(house.store, "ticket", "unused")
        other = await house.another()
        wins = await asyncio.gather(
            *(
                act(each, lambda tx: tx.one(SPEND, name="ticket"))
                for each in [house.store, other] * 5
            )
        )
        await other.aclose()
        assert sum(row is not None for row in wins) == 1

    @contract_test
    async def test_counting_loses_nothing(self, house: StoreHarness) -> None:
        """From any number of processes."""
        await house.store.migrate()
        await put(house.store, "count", "0")
        other = await house.another()
        stores = [house.store, other] * (MANY // 2)
        await asyncio.gather(
            *(act(each, lambda tx: tx.run(COUNT, name="count")) for each in stores)
        )
        await other.aclose()
        assert await get(house.store, "count") == str(MANY)

    @contract_test
    async def test_what_was_kept_is_there_for_the_next_process(self, house: StoreHarness) -> None:
        """After this one closed."""
        await house.store.migrate()
        await put(house.store, "a", "kept")
        await house.store.aclose()
        other = await house.another()
        assert await get(other, "a") == "kept"
        await other.aclose()
