"""Unlocking, and what time forgets; the days of France."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from espace_tui.activation import french_days
from espace_tui.activation.audit import Event
from espace_tui.activation.data_requests.trail import Trail, TrailFilter
from tests.activation.test_rights import MAIL, NAME, attack, sign_in, told
from tests.activation.world import World, refusal
from tests.people import CHRISTIAN, STRANGER_NIR


async def test_failures_are_forgotten_after_a_month_unless_it_is_off(world: World) -> None:
    await world.activate()
    await attack(world)
    await refusal(world.rules.activation.identify("abcDEF346979", CHRISTIAN.nir))
    await world.rows("UPDATE failure SET failures = 100 WHERE failures = 1 RETURNING failures")
    world.clock.move(days=30, seconds=-1)
    await world.rules.administration.purge()
    counts = "SELECT failures FROM failure ORDER BY failures"
    assert [row["failures"] for row in await world.rows(counts)] == [5, 100]
    world.clock.move(seconds=1)
    await world.rules.administration.purge()
    assert [row["failures"] for row in await world.rows(counts)] == [100]
    assert (await sign_in(world)).destination


async def test_unlocking_frees_attempts_and_sends(world: World) -> None:
    await world.activate()
    recovery = world.rules.recovery
    asks: tuple[Callable[[], Awaitable[object]], ...] = (
        lambda: recovery.request_code(
            CHRISTIAN.birth_date, CHRISTIAN.nir, CHRISTIAN.kind, CHRISTIAN.serial, MAIL
        ),
        lambda: recovery.send_identifier(CHRISTIAN.birth_date, CHRISTIAN.nir, MAIL),
        lambda: sign_in(world),
        lambda: recovery.reset_password(NAME, CHRISTIAN.nir, MAIL),
    )
    await attack(world, count=5)
    assert await world.rules.administration.unlock(CHRISTIAN.nir)
    for ask in asks[:-1]:
        while (await told(ask())) != ("send-later", None, 30, None, "send-later"):
            continue
    for _ in range(6):
        await asks[-1]()
        world.clock.move(seconds=30)
    assert await world.rules.administration.unlock(CHRISTIAN.nir)
    assert not await world.rows("SELECT * FROM failure")
    before = len(await world.letters())
    for ask in asks:
        await ask()
    assert len(await world.letters()) == before + len(asks)


async def test_unlocking_ends_the_wait_between_two_new_codes(world: World) -> None:
    await world.invite()

    async def ask() -> object:
        return await told(
            world.rules.recovery.request_code(
                CHRISTIAN.birth_date, CHRISTIAN.nir, CHRISTIAN.kind, CHRISTIAN.serial, MAIL
            )
        )

    assert [await ask(), await ask()] == ["accepted", ("send-later", None, 30, None, "send-later")]
    assert await world.rules.administration.unlock(CHRISTIAN.nir)
    before = len(await world.letters())
    assert await ask() == "accepted"
    assert len(await world.letters()) == before + 1


async def test_unlocking_somebody_without_credentials(world: World) -> None:
    await world.invite()
    for _ in range(6):
        await refusal(world.rules.activation.identify("abcDEF346979", CHRISTIAN.nir))
    assert await world.rules.administration.unlock(CHRISTIAN.nir)
    assert not await world.rows("SELECT * FROM failure")


async def test_unlocking_a_stranger_is_in_the_trail_of_that_number(world: World) -> None:
    assert not await world.rules.administration.unlock(STRANGER_NIR)
    trail = Trail(world.rules.context)
    names = await trail.pseudonyms(STRANGER_NIR)
    assert [line.event for line in await trail.page(TrailFilter(pseudonyms=names))] == [
        Event.UNLOCKED
    ]


def test_a_day_in_france_is_that_of_its_clocks() -> None:
    zone, start = ZoneInfo("Europe/Paris"), datetime(2026, 1, 1, tzinfo=UTC)
    for hours in range(0, 3 * 366 * 24, 5):
        second = int(start.timestamp()) + hours * 3600
        day = datetime.fromtimestamp(second, zone).replace(hour=0, minute=0, second=0)
        last = day.replace(hour=23, minute=59, second=59)
        assert french_days.start_of_day(second) == int(day.timestamp())
        assert french_days.end_of_day(second) == int(last.timestamp())
