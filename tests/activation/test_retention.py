"""What has ended is kept as long as it is of use, and not a second longer."""

from __future__ import annotations

import pytest

from espace_tui.activation.context import DAY, HOUR
from tests.activation.world import START, World
from tests.people import CHRISTIAN

NOW = int(START.timestamp())
PERSON = "(SELECT id FROM person)"
PUT = {
    "code_request": (
        "INSERT INTO code_request (id, token_digest, purpose, subject, flow, sealed, code_tag,"
        " expires_at) VALUES ('x', '', '', '', '', '', '', :at)"
    ),
    "reset": f"INSERT INTO reset VALUES ('x', {PERSON}, :at, NULL)",
    "session of long ago": f"INSERT INTO session VALUES ('x', {PERSON}, :later, :at)",
    "session left idle": f"INSERT INTO session VALUES ('x', {PERSON}, :at, :later)",
    "sending": "INSERT INTO sending VALUES ('x', :at, 0, 0, 0, 0)",
    "flow": (
        "INSERT INTO flow (id, person, invitation, token_digest, revision, stage, expires_at)"
        f" VALUES ('x', {PERSON}, '', '', 1, 0, :at)"
    ),
}


@pytest.mark.parametrize(
    ("kept", "seconds"),
    [
        ("code_request", HOUR),
        ("reset", HOUR),
        ("session of long ago", HOUR),
        ("session left idle", HOUR),
        ("sending", HOUR),
        ("flow", 60 * DAY),
    ],
)
async def test_what_has_ended_is_erased_in_its_time(world: World, kept: str, seconds: int) -> None:
    await world.invite(CHRISTIAN)
    administration, store = world.rules.administration, world.rules.context.store
    given = {"at": NOW - seconds + 1, "later": NOW + DAY}
    used = {name: value for name, value in given.items() if f":{name}" in PUT[kept]}
    async with store.transaction() as tx:
        await tx.run(PUT[kept], **used)
    assert await administration.purge() == 0
    world.clock.move(seconds=1)
    assert await administration.purge() == 1
    assert await administration.purge() == 0


async def test_the_hash_of_a_code_is_erased_a_day_after_its_end(world: World) -> None:
    await world.invite(CHRISTIAN)
    world.clock.move(days=43, hours=13, minutes=59, seconds=59)
    await world.rules.administration.purge()
    assert await world.rows("SELECT hash FROM invitation WHERE hash <> ''")
    world.clock.move(seconds=1)
    assert await world.rules.administration.purge() == 1
    assert not await world.rows("SELECT hash FROM invitation WHERE hash <> ''")


async def test_a_little_is_erased_at_a_time(world: World) -> None:
    async with world.rules.context.store.transaction() as tx:
        for number in range(5):
            sql = PUT["sending"].replace("'x'", f"'{number}'")
            await tx.run(sql, at=NOW - HOUR)
    assert [await world.rules.administration.purge(2) for _ in range(4)] == [2, 2, 1, 0]
