"""PostgreSQL stopped at once, again and again, under load: nothing acknowledged is ever lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import pytest

from espace_tui.activation.context import Limits
from espace_tui.activation.stores.port import ConflictError
from espace_tui.activation.stores.postgres import PostgresStore, Timeouts
from espace_tui.errors import Unreachable
from espace_tui.model.grants import Flow
from espace_tui.model.values import Choice
from tests.activation.world import PASSWORD, World, code_in, opened
from tests.people import someone
from tests.postgres import Cluster

T = TypeVar("T")
AT_ONCE = 4
STAGES = ("card", "decision", "contacts", "credentials", "done")
WAITING = "SELECT id FROM outbox"
STAGE = "SELECT stage FROM flow WHERE id = :id"
WHOLE = """
SELECT p.id FROM person p JOIN credential c ON c.person = p.id
    JOIN invitation i ON i.person = p.id JOIN flow f ON f.person = p.id
WHERE p.status = 'active' AND i.used_at IS NOT NULL AND f.stage = 4
"""
TOLD = "SELECT subject FROM audit WHERE event = 'activated'"


async def until_done(call: Callable[[], Awaitable[T]]) -> T:
    """Make a call, the same again each time nobody knows what became of it."""
    while True:
        with suppress(Unreachable, ConflictError):
            return await call()


class Load:
    """People who activate their space, each step checked as soon as it is acknowledged."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.done = 0
        self.came = asyncio.Semaphore(0)
        self._next = iter(range(1_000_000))

    async def run(self, stop: asyncio.Event) -> None:
        """Bring one person after another to an active space."""
        while not stop.is_set():
            await self.activate(next(self._next))
            self.done += 1
            self.came.release()

    async def activate(self, number: int) -> None:
        """Bring one person from the invitation to an active space."""
        person, steps, terms = someone(number), self.world.rules.activation, "2022-01"
        await until_done(lambda: self.world.rules.administration.invite(person))
        code = await self.code(person.email or "")
        flow = await until_done(lambda: steps.identify(code, person.nir))
        flow = await self.step(lambda f: steps.verify_card(f, person.kind, person.serial), flow)
        flow = await self.step(lambda f: steps.decide(f, Choice.ACTIVATE, terms), flow)
        flow = await self.step(steps.confirm_contacts, flow)
        await self.step(lambda f: steps.complete(f, f"person.{number}", PASSWORD), flow)

    async def step(self, call: Callable[[Flow], Awaitable[Flow]], flow: Flow) -> Flow:
        """Make one step, and find it in the store."""
        after = await until_done(lambda: call(flow))
        (row,) = await until_done(lambda: self.rows(STAGE, id=flow.id))
        assert STAGES[row["stage"]] == after.stage
        return after

    async def code(self, address: str) -> str:
        """Return the last code sent to an address, once no letter waits for a lost lease to end."""
        world = self.world
        while await until_done(lambda: self.rows(WAITING)):
            await until_done(lambda: world.rules.outbox.flush(world.pigeonhole))
            world.clock.move(seconds=1)
        letters = sorted(world.pigeonhole.letters.items(), reverse=True)
        return code_in(next(letter.text for _, letter in letters if letter.to == address)) or ""

    async def rows(self, sql: str, **values: str) -> list[dict[str, int]]:
        """Look into the store."""
        async with self.world.rules.context.store.transaction() as tx:
            return [dict(row) for row in await tx.all(sql, **values)]


async def survive(server: Cluster, load: Load, stops: int) -> None:
    stop = asyncio.Event()
    async with asyncio.timeout(20 * stops), asyncio.TaskGroup() as people:
        for _ in range(AT_ONCE):
            people.create_task(load.run(stop))
        for _ in range(stops):
            for _ in range(AT_ONCE):
                await load.came.acquire()
            await asyncio.to_thread(server.stop, "immediate")
            await asyncio.to_thread(server.start)
        stop.set()


@pytest.mark.parametrize("stops", [2, pytest.param(20, marks=pytest.mark.soak)])
async def test_nothing_acknowledged_is_lost(
    own_cluster: Cluster, tmp_path: Path, stops: int
) -> None:
    store = PostgresStore(own_cluster.url(), patience=Timeouts(connection=1))
    limits = Limits(outbox_lease=1)
    async with opened(tmp_path / "data", store=store, limits=limits) as world:
        load = Load(world)
        await survive(own_cluster, load, stops)
        whole, told = await load.rows(WHOLE), await load.rows(TOLD)
    assert len(whole) == len(told) == len({str(row) for row in told}) == load.done
