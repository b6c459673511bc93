"""What has ended is kept as long as it is of use, and not a second longer."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from espace_tui.activation.context import DAY, HOUR, Limits
from espace_tui.activation.rules import Rules
from espace_tui.activation.stores.port import migrations
from espace_tui.activation.use_cases.retention import SWEEPS, sweep
from tests.activation.world import START, World
from tests.people import CHRISTIAN

NOW = int(START.timestamp())
PERSON = "(SELECT id FROM person)"
DEAD = "INSERT INTO dead_letter VALUES ('x', 'invitation', 'email', 0, '', 1, 0, {}, :at, '', NULL)"
PUT = {
    "code_request": (
        "INSERT INTO code_request (id, token_digest, purpose, subject, flow, sealed, code_tag,"
        " expires_at) VALUES ('x', '', '', '', '', '', '', :at)"
    ),
    "reset": f"INSERT INTO reset VALUES ('x', {PERSON}, :at, NULL)",
    "recovery_key": f"INSERT INTO recovery_key VALUES ({PERSON}, 'x', :at)",
    "session of long ago": f"INSERT INTO session VALUES ('x', {PERSON}, :later, :at)",
    "session left idle": f"INSERT INTO session VALUES ('x', {PERSON}, :at, :later)",
    "sending": "INSERT INTO sending VALUES ('x', :at, 0, 0, 0, 0)",
    "flow": (
        "INSERT INTO flow (id, person, invitation, token_digest, revision, stage, expires_at)"
        f" VALUES ('x', {PERSON}, '', '', 1, 0, :at)"
    ),
    "failure": "INSERT INTO failure VALUES ('x', 'card', 99, 0, :at)",
    "answer": "INSERT INTO answer VALUES ('x', '', '', :at)",
    "dead letter": DEAD.format("NULL, NULL"),
    "dead letter of nobody": DEAD.format("NULL, 'nobody'"),
    "campaign": "INSERT INTO campaign VALUES ('x', 0, 0, 0, 0, 0, 0, :at)",
    "process": "INSERT INTO process VALUES ('x', '', '', '', '', '', :at)",
    "audit": "INSERT INTO audit VALUES ('x', :at, 'invited', '', '', '')",
}


@pytest.mark.parametrize(
    ("kept", "seconds"),
    [
        ("code_request", HOUR),
        ("reset", HOUR),
        ("recovery_key", HOUR),
        ("session of long ago", HOUR),
        ("session left idle", HOUR),
        ("sending", HOUR),
        ("flow", 60 * DAY),
        ("failure", 30 * DAY),
        ("answer", DAY),
        ("dead letter", 180 * DAY),
        ("dead letter of nobody", 180 * DAY),
        ("campaign", 366 * DAY),
        ("process", DAY),
        ("audit", 3653 * DAY),
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


@pytest.mark.parametrize(
    "kept",
    [
        "INSERT INTO failure VALUES ('x', 'card', 100, 0, :at)",
        DEAD.format(f"NULL, {PERSON}"),
    ],
)
async def test_what_still_speaks_for_somebody_stays(world: World, kept: str) -> None:
    await world.invite(CHRISTIAN)
    async with world.rules.context.store.transaction() as tx:
        await tx.run(kept, at=NOW - 4000 * DAY)
    assert await world.rules.administration.purge() == 0


async def test_a_recent_line_of_the_trail_is_never_erased(either: World) -> None:
    await either.invite(CHRISTIAN)
    young = replace(either.rules.context, limits=Limits(audit_life=-DAY))
    for sql in ("DELETE FROM audit", "UPDATE audit SET at = 0"):
        with pytest.raises(Exception, match="the audit trail can only grow"):
            async with either.rules.context.store.transaction() as tx:
                await tx.run(sql)
    with pytest.raises(Exception, match="the audit trail can only grow"):
        await Rules(young).administration.purge()
    assert len(await either.rows("SELECT id FROM audit")) == 1


async def test_an_old_line_of_the_trail_is_erased_by_a_sweep_alone(either: World) -> None:
    context, old = either.rules.context, NOW - 4000 * DAY
    [trail] = [each for each in SWEEPS if each.table == "audit"]

    async def erase_after_a_sweep() -> None:
        async with context.store.transaction() as tx:
            await tx.run(PUT["audit"], at=old)
            assert await sweep(context, tx, trail, 10) == 1
            await tx.run(PUT["audit"], at=old)
            await tx.run("DELETE FROM audit")

    with pytest.raises(Exception, match="the audit trail can only grow"):
        await erase_after_a_sweep()
    async with context.store.transaction() as tx:
        await tx.run(PUT["audit"], at=old)
    assert await either.rules.administration.purge() == 1


async def test_one_table_that_fails_keeps_no_other_from_being_swept(either: World) -> None:
    async with either.rules.context.store.transaction() as tx:
        await tx.run(PUT["sending"], at=NOW - HOUR)
    await either.invite(CHRISTIAN)
    young = replace(either.rules.context, limits=Limits(audit_life=-DAY))
    with pytest.raises(Exception, match="can only grow"):
        await Rules(young).administration.purge()
    assert await either.rows("SELECT subject FROM sending") == []


def test_what_ends_has_an_index_by_its_end() -> None:
    """The query planner of SQLite reads an index for each sweep, never a whole table."""
    with closing(sqlite3.connect(":memory:")) as store:
        for _, statements in migrations("sqlite"):
            for statement in statements:
                store.execute(statement)
        for sweep in SWEEPS:
            values = {"ended": 0, "most": 1, **sweep.values(Limits())}
            plan = store.execute(f"EXPLAIN QUERY PLAN {sweep.sql}", values).fetchall()
            steps = " / ".join(str(step[-1]) for step in plan)
            assert sweep.table == "ceiling" or f"SCAN {sweep.table}" not in steps, (sweep, steps)
            assert "TEMP B-TREE FOR ORDER BY" not in steps or sweep.table == "ceiling", steps
