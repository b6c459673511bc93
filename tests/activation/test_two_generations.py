"""Two processes with different present keys: still one person for a NIR, one owner for a name."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from espace_tui.activation.context import ServiceContext
from espace_tui.activation.crypto.hasher import Hasher
from espace_tui.activation.crypto.keys import Keys
from espace_tui.activation.rules import Rules
from espace_tui.activation.stores.postgres import PostgresStore
from espace_tui.activation.use_cases.campaign import Batch, Campaign
from espace_tui.errors import Refused, Unreachable
from tests.activation.world import PASSWORD, QUICK, World, opened
from tests.people import CHRISTIAN, someone

OLD, NEW = b"1" * 32, b"2" * 32
BOTH = {"k1": OLD, "k2": NEW}


@pytest.fixture
async def generations(address: str | None, tmp_path: Path) -> AsyncIterator[list[World]]:
    """A service whose keys are those of its file, on each engine; then one of each generation."""
    async with AsyncExitStack() as stack:
        store = PostgresStore(address, connections=8) if address else None
        first = await stack.enter_async_context(opened(tmp_path / "data", store=store))
        await first.rows("DELETE FROM mark RETURNING name")
        worlds = []
        for keys in (Keys("k1", BOTH), Keys("k2", BOTH)):
            hasher = Hasher(keys, QUICK)
            stack.push_async_callback(hasher.aclose)
            context: ServiceContext = replace(first.rules.context, keys=keys, hasher=hasher)
            worlds.append(World(Rules(context), first.clock, first.pigeonhole))
        async with first.rules.context.store.transaction() as tx:
            tag = worlds[0].rules.context.keys.tag("mark")
            await tx.run("INSERT INTO mark (name, value) VALUES ('keys', :tag)", tag=tag)
        yield worlds


async def test_one_nir_is_one_person_whoever_invites(generations: list[World]) -> None:
    people = [someone(number) for number in range(8)]
    for person in people:
        await asyncio.gather(
            *(world.rules.administration.invite(person) for world in generations * 2)
        )
    assert await generations[0].rows("SELECT COUNT(*) AS n FROM person") == [{"n": 8}]


async def test_two_campaigns_and_two_generations_are_one_person(generations: list[World]) -> None:
    batch = Batch(
        [(number, someone(number)) for number in range(6)], position=9, line=9, rejected=0
    )

    async def run(world: World, name: str) -> None:
        campaign = Campaign(world.rules.context, world.rules.outbox, name)
        begun = await campaign.begin(0, 1)
        await campaign.invite(await campaign.prepare(batch), begun)

    await asyncio.gather(run(generations[0], "a"), run(generations[1], "b"))
    assert await generations[0].rows("SELECT COUNT(*) AS n FROM person") == [{"n": 6}]


async def test_one_identifier_has_one_owner(generations: list[World]) -> None:
    for number in range(0, 8, 2):
        pairs = [
            (world, await world.reach(someone(number + n))) for n, world in enumerate(generations)
        ]
        told = await asyncio.gather(
            *(
                world.rules.activation.complete(flow, f"le.meme.{number}", PASSWORD)
                for world, flow in pairs
            ),
            return_exceptions=True,
        )
        assert [each.code for each in told if isinstance(each, Refused)] == ["identifier.taken"]
    assert await generations[0].rows("SELECT COUNT(*) AS n FROM credential") == [{"n": 4}]


async def test_a_forgotten_process_adds_nobody_once_the_new_key_was_used(
    generations: list[World],
) -> None:
    await generations[1].rules.administration.invite(CHRISTIAN)
    keys = Keys("k1", {"k1": OLD})
    context = replace(generations[0].rules.context, keys=keys)
    with pytest.raises(Unreachable, match=r"^other-keys$"):
        await Rules(context).administration.invite(CHRISTIAN)
    assert await generations[0].rows("SELECT COUNT(*) AS n FROM person") == [{"n": 1}]
    assert (await generations[0].rules.administration.invite(CHRISTIAN)).again


async def test_a_store_without_a_mark_is_no_obstacle(world: World) -> None:
    await world.rows("DELETE FROM mark RETURNING name")
    assert await world.invite()
