"""A process to be killed: it forks, and each child goes through journeys until it is killed.

Run as a script with a folder and a number of kills. Each child tells, on a pipe, every step that
was acknowledged; the parent kills it soon after one of them, looks at the store as the next process
would, and fails when an acknowledged step is missing or half of one is there.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import time
from pathlib import Path

from espace_tui.model.values import Choice
from tests.activation.world import PASSWORD, World, opened
from tests.people import someone

FOLDER = Path(sys.argv[1]) / "data" if len(sys.argv) > 1 else Path()


async def live(world: World, child: int, tell: int) -> None:
    """Go through journeys, telling each acknowledged step as ``<person> <stage>``."""
    steps = world.rules.activation
    number = child * 100
    while True:
        number += 1
        person = someone(number)

        def said(stage: str, number: int = number) -> None:
            os.write(tell, f"{number} {stage}\n".encode())

        code = await world.invite(person)
        said("invited")
        flow = await steps.identify(code, person.nir)
        flow = await steps.verify_card(flow, person.kind, person.serial)
        said("card")
        if number % 3 == 0:
            await steps.decide(flow, Choice.OPPOSE)
            said("opposed")
            continue
        flow = await steps.decide(flow, Choice.ACTIVATE, "2022-01")
        flow = await steps.confirm_contacts(flow)
        said("confirmed")
        await steps.complete(flow, f"person.{number}", PASSWORD)
        said("active")


async def be_killed(child: int, tell: int) -> None:
    """Open the store and live."""
    async with opened(FOLDER) as world:
        os.write(tell, b"0 opened\n")
        await live(world, child, tell)


LEAST = {"invited": 0, "card": 1, "confirmed": 3, "active": 4, "opposed": 5}
STATE = """
SELECT p.status, i.used_at, f.stage, c.hash
FROM person p JOIN invitation i ON i.person = p.id LEFT JOIN flow f ON f.person = p.id
    LEFT JOIN credential c ON c.person = p.id
WHERE p.nir_tag = '{tag}'
"""
HALVES = (
    "SELECT id FROM person WHERE id NOT IN (SELECT person FROM invitation)",
    "SELECT id FROM person WHERE status = 'active' AND id NOT IN (SELECT person FROM credential)",
    "SELECT c.person FROM credential c JOIN person p ON p.id = c.person WHERE status <> 'active'",
    "SELECT person FROM invitation WHERE used_at IS NOT NULL AND hash <> ''",
)
"""What no process may ever find."""


async def look(told: dict[int, str]) -> None:
    """Open the store as the next process would, and check what was told."""
    async with opened(FOLDER) as world:
        for number, stage in told.items():
            tag = world.rules.context.keys.tag("nir", someone(number).nir)
            [row] = await world.rows(STATE.format(tag=tag))
            reached = -1 if row["stage"] is None else int(str(row["stage"]))
            assert reached >= LEAST[stage] or stage == "invited", (number, stage, row)
            is_over = reached >= LEAST["active"]
            assert is_over == (row["used_at"] is not None), (number, stage, row)
            assert (row["status"] == "active") == (reached == LEAST["active"]), row
            assert (row["status"] == "opposed") == (reached == LEAST["opposed"]), row
            assert (row["hash"] is not None) == (row["status"] == "active"), row
        for half in HALVES:
            assert await world.rows(half) == []
        world.clock.move(minutes=3)  # the leases of a killed process end
        await world.letters()
        assert (await world.rules.administration.status())["waiting"] == 0


def one_kill(child: int) -> dict[int, str]:
    """Fork a child, kill it, and return the last step it acknowledged for each person."""
    hear, tell = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(hear)
        asyncio.run(be_killed(child, tell))
        os._exit(0)
    os.close(tell)
    heard = b"".join(os.read(hear, 4096) for _ in range(random.randint(1, 7)))
    time.sleep(random.uniform(0, 0.01))
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    with os.fdopen(hear, "rb") as pipe:
        lines = [line.split() for line in (heard + pipe.read()).decode().splitlines()]
    return {int(number): stage for number, stage in lines if number != "0"}


def main() -> None:
    """Kill as many as asked, looking after each."""
    steps = 0
    for child in range(1, int(sys.argv[2]) + 1):
        told = one_kill(child)
        steps += len(told)
        asyncio.run(look(told))
    print(f"{steps} journeys begun")  # noqa: T201 — read by the test


if __name__ == "__main__":
    main()
