"""A batch of a campaign is written whole, once, and by one process."""

from __future__ import annotations

import pytest

from espace_tui.activation.use_cases.campaign import (
    Batch,
    Campaign,
    CampaignProgress,
    OvertakenError,
)
from tests.activation.world import World
from tests.people import someone


def campaign(world: World) -> Campaign:
    return Campaign(world.rules.context, world.rules.outbox, "digest")


def batch(*numbers: int) -> Batch:
    people = [(line, someone(number)) for line, number in enumerate(numbers, 2)]
    return Batch(people, position=100 * len(people), line=1 + len(people), rejected=1)


async def test_a_campaign_goes_on_where_it_stopped(either: World) -> None:
    first = campaign(either)
    start = await first.begin(10, 1)
    assert start == CampaignProgress(10, 1)
    after, late = await first.invite(await first.prepare(batch(0, 1, 2)), start)
    assert (after, late) == (CampaignProgress(300, 4, invited=3, known=0, rejected=1), [])
    assert await campaign(either).begin(10, 1) == after
    assert len(await either.letters()) == 3


async def test_somebody_twice_in_a_batch_is_invited_once(either: World) -> None:
    running = campaign(either)
    ready = await running.prepare(batch(5, 6, 5))
    assert ([line for line, *_ in ready.new], ready.known) == ([2, 3], [4])
    after, _ = await running.invite(ready, await running.begin(10, 1))
    assert (after.invited, after.known) == (2, 1)


async def test_somebody_invited_meanwhile_is_left_as_they_are(either: World) -> None:
    running = campaign(either)
    ready = await running.prepare(batch(1, 2))
    code = await either.invite(someone(2))
    after, late = await running.invite(ready, await running.begin(10, 1))
    assert (after.invited, after.known, late) == (1, 1, [3])
    await either.rules.activation.identify(code, someone(2).nir)


async def test_who_is_overtaken_writes_nothing(either: World) -> None:
    running = campaign(either)
    start = await running.begin(10, 1)
    await running.invite(await running.prepare(batch(1)), start)
    ready = await running.prepare(batch(2))
    with pytest.raises(OvertakenError):
        await running.invite(ready, start)
    assert len(await either.letters()) == 1
