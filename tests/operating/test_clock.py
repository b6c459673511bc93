"""The database's clock decides; a worker whose own is wrong says so, and does nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from espace_tui.activation.context import Limits
from espace_tui.activation.rules import Rules
from espace_tui.activation.stores.clock import StoreClock
from espace_tui.activation.stores.postgres import PostgresStore
from espace_tui.clock import MovableClock
from espace_tui.model.values import Channel
from espace_tui.operating import periodic
from espace_tui.operating.worker import Worker
from espace_tui.service.server import keeping_time
from tests.activation.world import MemoryDelivery, World, opened
from tests.operating.test_worker import QUICK
from tests.people import someone


@pytest.fixture
async def town(database: str, tmp_path: Path) -> AsyncIterator[World]:
    """A service over PostgreSQL, with somebody to write to."""
    async with opened(tmp_path / "data", store=PostgresStore(database)) as world:
        yield world


def drifted(world: World, **span: float) -> tuple[Rules, MovableClock]:
    """Return the rules on a machine whose clock is wrong."""
    local = MovableClock(datetime.now(UTC) + timedelta(**span))
    return Rules(replace(world.rules.context, clock=StoreClock(local))), local


@pytest.mark.parametrize("span", [{"days": 43}, {"seconds": 8}, {"days": -43}])
async def test_a_worker_whose_clock_is_wrong_does_nothing(
    town: World, span: dict[str, float]
) -> None:
    await town.rules.administration.invite(someone(1))
    rules, local = drifted(town, **span)
    delivery = MemoryDelivery()
    worker = Worker(rules, {Channel.EMAIL: (delivery, QUICK)})
    with capture_logs() as logs:
        await worker.run_once()
        await worker.run_once()
        assert not delivery.letters
        local.move(**{name: -value for name, value in span.items()})
        await worker.run_once()
    assert len(delivery.letters) == 1
    events = [line for line in logs if line["event"].startswith("clock")]
    assert [line["event"] for line in events] == ["clock-wrong", "clock-right"]
    assert abs(events[0]["seconds_ahead"]) > 5


async def test_too_many_openings_wait_for_an_operator_s_word(tmp_path: Path) -> None:
    async with opened(tmp_path / "data", limits=Limits(openings_per_pass=3)) as world:
        office = world.rules.administration
        for number in range(4):
            await office.invite(someone(number))
        await world.letters()
        world.clock.move(days=43)
        with capture_logs() as logs:
            assert await periodic.open_due(office) == 0
        assert [(line["event"], line["more_than"]) for line in logs] == [("openings-held", 3)]
        assert await office.open_due(1) == 1
        assert await periodic.open_due(office) == 3


async def test_a_service_asks_the_time_and_says_when_its_own_is_wrong(town: World) -> None:
    rules, _ = drifted(town, seconds=60)
    with capture_logs() as logs:
        async with keeping_time(rules):
            assert abs(rules.context.now() - datetime.now(UTC).timestamp()) < 5
    assert [line["event"] for line in logs] == ["clock-wrong"]
