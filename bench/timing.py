"""Whether the time of an answer tells who is known (security.md S15): medians, interleaved.

The rules as the service calls them: messages wait in the outbox, whoever they are for.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from espace_tui.activation.crypto.hasher import SERVICE
from espace_tui.activation.use_cases.administration import Invitee
from espace_tui.errors import Refused
from espace_tui.model.values import Channel
from tests.activation.world import World, opened
from tests.people import someone

PAIRS = 200
MEMBERS = 20
"""People with an identifier: each is asked about so seldom that nobody is made to wait."""
FIRST_UNKNOWN = 5000
Question = Callable[[int], Awaitable[object]]


async def _seconds(call: Awaitable[object]) -> float:
    started = time.perf_counter()
    with suppress(Refused):
        await call
    return time.perf_counter() - started


async def _difference(world: World, question: Question, people: int) -> float:
    """Ask about known and unknown people in turn; return how far apart the medians are, in ms."""
    known, unknown = [], []
    for number in range(PAIRS):
        known.append(await _seconds(question(number % people)))
        unknown.append(await _seconds(question(number % people + FIRST_UNKNOWN)))
        world.clock.move(seconds=60)
    return abs(statistics.median(known) - statistics.median(unknown)) * 1e3


def _questions(world: World) -> dict[str, tuple[int, Question]]:
    """Return what may be asked about anybody, and about how many people who are known."""
    rules, mail = world.rules, Channel.EMAIL

    def new_code(who: Invitee, serial: str) -> Awaitable[None]:
        return rules.recovery.request_code(who.birth_date, who.nir, who.kind, serial, mail)

    def identifier(who: Invitee) -> Awaitable[None]:
        return rules.recovery.send_identifier(who.birth_date, who.nir, mail)

    return {
        "provisional code": (
            PAIRS,
            lambda n: rules.activation.identify("aB3dE5fG7hJ9", someone(n).nir),
        ),
        "new provisional code": (PAIRS, lambda n: new_code(someone(n), someone(n).serial)),
        "new provisional code, other card": (PAIRS, lambda n: new_code(someone(n), "00000000")),
        "password": (MEMBERS, lambda n: rules.sign_in.open(f"member.{n}", "Wrong-1-Word", mail)),
        "forgotten identifier": (MEMBERS, lambda n: identifier(someone(n))),
        "forgotten password": (
            MEMBERS,
            lambda n: rules.recovery.reset_password(f"member.{n}", someone(n).nir, mail),
        ),
    }


async def _measure(folder: Path) -> list[tuple[str, str, str]]:
    rows = []
    async with opened(folder / "data", cost=SERVICE) as world:
        for number in range(MEMBERS):
            await world.activate(someone(number), f"member.{number}")
        for number in range(MEMBERS, PAIRS):
            await world.rules.administration.invite(someone(number))
        for name, (people, question) in _questions(world).items():
            found = await _difference(world, question, people)
            rows.append((f"known or not, {name}", f"{found:.2f} ms", "< 2 ms"))
    return rows


def measure() -> list[tuple[str, str, str]]:
    """Return rows: what, how far apart the medians are, the promise."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_measure(Path(folder)))


if __name__ == "__main__":
    for row in measure():
        print(*row, sep=" | ")
