"""The processes that live are known, with their keys, until they leave or fall silent."""

from __future__ import annotations

from espace_tui.activation.records import presence
from tests.activation.world import World

ONE = ("1", "run", "here:1")
OTHER = ("2", "work", "there:2")


async def names(world: World) -> list[str]:
    return [each.name for each in await world.rules.administration.processes()]


async def say(world: World, who: tuple[str, str, str]) -> None:
    context = world.rules.context
    await context.read(lambda tx: presence.beat(context, tx, who))


async def test_a_process_is_known_until_it_leaves_or_falls_silent(either: World) -> None:
    await say(either, ONE)
    await say(either, OTHER)
    assert await names(either) == ["here:1", "there:2"]
    (first, _) = await either.rules.administration.processes()
    assert (first.kind, first.present, first.keys) == ("run", "k1", ("k1",))
    either.clock.move(seconds=99)
    assert len(await names(either)) == 2
    await say(either, OTHER)
    either.clock.move(seconds=1)
    assert await names(either) == ["there:2"]
    await either.rules.context.read(lambda tx: presence.leave(tx, "2"))
    assert await names(either) == []
