"""A clock that was ahead and is put right: nobody waits for it, no right outlives its rule."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from espace_tui.backends.embedded import EmbeddedBackend
from espace_tui.clock import MovableClock
from espace_tui.errors import Refused
from espace_tui.model.values import Channel, Stage
from tests.activation.test_rights import MAIL, NAME, NEW, attack, proved_reset, told
from tests.activation.world import QUICK, START, World, refusal
from tests.people import CHRISTIAN, DOMINIQUE, STRANGER_NIR


@pytest.mark.parametrize("days", [1, 43, 366])
async def test_a_clock_that_was_ahead_makes_nobody_wait_for_it(world: World, days: int) -> None:
    code = await world.invite()
    await world.activate(DOMINIQUE, NAME)
    world.clock.move(days=days)
    space = await world.sign_in()
    await attack(world)
    for _ in range(7):
        await told(world.rules.activation.identify("abcDEF346979", STRANGER_NIR))
    for _ in range(6):
        await told(world.rules.recovery.reset_password(NAME, DOMINIQUE.nir, MAIL))
        world.clock.move(seconds=30)
    await told(world.rules.recovery.reset_password(NAME, DOMINIQUE.nir, Channel.SMS))
    world.clock.move(days=-days, hours=-1)
    identify = world.rules.activation.identify
    assert (await refusal(identify("abcDEF346979", STRANGER_NIR))).code == "refused"
    assert (await refusal(identify("abcDEF346979", STRANGER_NIR))).wait == 40
    before = await world.kinds()
    assert (await world.rules.recovery.reset_password(NAME, DOMINIQUE.nir, MAIL)).id
    assert await world.kinds() == [*before, "reset-code"]
    assert (await world.rules.space.profile(space)).first_name == DOMINIQUE.first_name
    await world.rules.administration.bound_instants()
    world.clock.move(hours=12)
    assert (await refusal(world.rules.space.profile(space))).code == "session-expired"
    assert (await identify(code, CHRISTIAN.nir)).stage is Stage.CARD


async def test_what_is_bounded_waits_no_longer_than_its_rule(world: World) -> None:
    await world.activate()
    world.clock.move(days=365)
    request = await world.ask_to_sign_in()
    reset = await proved_reset(world)
    await attack(world)
    for _ in range(6):
        world.clock.move(seconds=30)
        await world.rules.recovery.reset_password(NAME, CHRISTIAN.nir, MAIL)
    world.clock.move(days=-365)
    await world.rules.administration.bound_instants()
    now = int(world.clock.now().timestamp())
    for sql in (
        "SELECT MAX(expires_at) AS at FROM code_request",
        "SELECT MAX(ends_at) AS at FROM code_request",
        "SELECT MAX(expires_at) AS at FROM reset",
        "SELECT MAX(open_at) AS at FROM failure",
        "SELECT MAX(t1) AS at FROM sending",
        "SELECT MAX(due_at) AS at FROM outbox",
        "SELECT MAX(expires_at) - 600 AS at FROM recovery_key",
    ):
        [row] = await world.rows(sql)
        assert 0 < int(str(row["at"])) <= now + 3600, sql
    world.clock.move(minutes=16)
    assert (await refusal(world.rules.recovery.set_password(reset, NEW))).code == "refused"
    assert (await refusal(world.rules.sign_in.send_code(request, MAIL))).code == "refused"


async def test_opening_again_after_a_clock_was_ahead_bounds_what_it_left(tmp_path: Path) -> None:
    clock = MovableClock(START + timedelta(days=365))
    backend = EmbeddedBackend(tmp_path / "data", clock=clock, cost=QUICK)
    for _ in range(8):
        with suppress(Refused):
            await backend.activation.identify("abcDEF346979", CHRISTIAN.nir)
    await backend.aclose()
    clock.move(days=-365)
    backend = EmbeddedBackend(tmp_path / "data", clock=clock, cost=QUICK)
    rules = await backend.rules()
    async with rules.context.store.transaction() as tx:
        row = await tx.one("SELECT open_at, since FROM failure")
    assert row is not None
    assert row["since"] == rules.context.now()
    assert row["open_at"] <= rules.context.now() + 3600
    await backend.aclose()
