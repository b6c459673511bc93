"""Whatever is done in whatever order, with any right ever granted: nobody has one too many."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from espace_tui.activation.context import Limits
from espace_tui.activation.stores.postgres import PostgresStore
from espace_tui.errors import Refused
from espace_tui.model.grants import CodeRequest, Flow, Reset, Space
from espace_tui.model.values import Channel, Choice
from tests.activation.world import World, code_in, opened
from tests.people import CHRISTIAN

T = TypeVar("T")
BOUNDLESS = Limits(
    free_failures=10**6, long_wait_failures=10**6, max_failures=10**6, codes_per_hour=10**9
)
PASSWORDS = ("Ornithorynque7!", "Tamanoir-Gris-8")
NAMES = ("christian.exemple", "exemple.christian")
RIGHTS = """
SELECT p.status,
    (SELECT COUNT(*) FROM credential WHERE person = p.id) AS credentials,
    (SELECT COUNT(*) FROM session WHERE person = p.id) AS sessions,
    (SELECT COUNT(*) FROM reset WHERE person = p.id AND used_at IS NULL) AS resets,
    (SELECT COUNT(*) FROM code_request WHERE person = p.id AND used_at IS NULL
        AND purpose <> 'contact') AS codes,
    (SELECT COUNT(*) FROM invitation WHERE person = p.id AND used_at IS NULL) AS invitations,
    (SELECT COUNT(*) FROM flow WHERE person = p.id AND stage < 4) AS flows
FROM person p
"""
WITHOUT_CREDENTIALS = ("invited", "opened", "opposed")


@dataclass
class Hands:
    """Everything that one person was ever granted."""

    world: World
    flows: list[Flow] = field(default_factory=list)
    requests: list[CodeRequest] = field(default_factory=list)
    spaces: list[Space] = field(default_factory=list)
    resets: list[Reset] = field(default_factory=list)

    async def do(self, name: str, which: int) -> None:
        """Make one call, with one of the last rights granted; it may be refused."""
        try:
            await getattr(self, name)(which)
        except Refused:
            return
        self.world.clock.move(seconds=31)

    def one(self, granted: Sequence[T], which: int) -> T:
        """Return one of the last three."""
        if not granted:
            raise Refused
        return granted[-1 - which % min(3, len(granted))]

    async def invite(self, _: int) -> None:
        await self.world.rules.administration.invite(CHRISTIAN)

    async def new_code(self, _: int) -> None:
        await self.world.rules.recovery.request_code(
            CHRISTIAN.birth_date, CHRISTIAN.nir, CHRISTIAN.kind, CHRISTIAN.serial, Channel.EMAIL
        )

    async def identify(self, which: int) -> None:
        identify = self.world.rules.activation.identify
        code = self.one(await self.sent(12), which)
        self.flows.append(await identify(code, CHRISTIAN.nir))

    async def sent(self, length: int) -> list[str]:
        """Return every code of a length that was sent, oldest first."""
        codes = [code_in(letter.text) for letter in await self.world.letters()]
        return [code for code in codes if code and len(code) == length]

    async def step(self, which: int, call: Callable[[Flow], Awaitable[Flow]]) -> None:
        self.flows.append(await call(self.one(self.flows, which)))

    async def card(self, which: int) -> None:
        verify = self.world.rules.activation.verify_card
        await self.step(which, lambda flow: verify(flow, CHRISTIAN.kind, CHRISTIAN.serial))

    async def agree(self, which: int) -> None:
        rules, terms = self.world.rules, self.world.rules.context.policy.terms
        await self.step(which, lambda flow: rules.activation.decide(flow, Choice.ACTIVATE, terms))

    async def oppose(self, which: int) -> None:
        decide = self.world.rules.activation.decide
        await self.step(which, lambda flow: decide(flow, Choice.OPPOSE))

    async def confirm(self, which: int) -> None:
        await self.step(which, self.world.rules.activation.confirm_contacts)

    async def complete(self, which: int) -> None:
        done = self.world.rules.activation.complete
        name, password = NAMES[which % 2], PASSWORDS[which % 2]
        await self.step(0, lambda flow: done(flow, name, password))

    async def sign_in(self, which: int) -> None:
        opens = self.world.rules.sign_in.open
        name, password = NAMES[which % 2], PASSWORDS[which // 2 % 2]
        self.requests.append(await opens(name, password, Channel.EMAIL))

    async def verify(self, which: int) -> None:
        request, verify = self.one(self.requests, which), self.world.rules.sign_in.verify
        self.spaces.append(await verify(request, self.one(await self.sent(6), which)))

    async def again(self, which: int) -> None:
        request = self.one(self.requests, which)
        self.requests.append(await self.world.rules.sign_in.send_code(request, Channel.EMAIL))

    async def forget(self, which: int) -> None:
        ask = self.world.rules.recovery.reset_password
        self.requests.append(await ask(NAMES[which % 2], CHRISTIAN.nir, Channel.EMAIL))

    async def prove(self, which: int) -> None:
        request, prove = self.one(self.requests, which), self.world.rules.recovery.prove_reset
        self.resets.append(await prove(request, self.one(await self.sent(6), which)))

    async def set_password(self, which: int) -> None:
        reset = self.one(self.resets, which)
        await self.world.rules.recovery.set_password(reset, PASSWORDS[which % 2])

    async def close(self, which: int) -> None:
        await self.world.rules.space.close(self.one(self.spaces, which))

    async def reopen(self, which: int) -> None:
        await self.world.rules.space.reopen(self.one(self.spaces, which))

    async def sign_out(self, which: int) -> None:
        await self.world.rules.sign_in.sign_out(self.one(self.spaces, which))

    async def six_weeks(self, _: int) -> None:
        await self.world.letters()
        self.world.clock.move(days=43)
        await self.world.rules.administration.open_due()
        await self.world.rules.administration.purge()

    async def check(self, name: str, before: str) -> str:
        """Look at what the store holds of the person; return what their space is."""
        [row] = await self.world.rows(RIGHTS)
        status = str(row["status"])
        has = {each for each in row if each != "status" and row[each]}
        if status == "active":
            assert row["credentials"] == 1
            assert not has & {"invitations", "flows"}
        if status in WITHOUT_CREDENTIALS:
            assert not has & {"credentials", "sessions", "resets", "codes"}, has
        if status == "closed":
            assert row["credentials"] == 1
        if name == "close" and status != before:
            assert (before, has & {"resets", "codes"}) == ("active", set())
        if name == "reopen" and status != before:
            assert before == "closed"
        if name == "complete" and before != status:
            assert not has & {"sessions", "resets", "codes"}
        return status


ACTIVATE = ("invite", "identify", "card", "agree", "confirm", "complete")
ENTER = ("sign_in", "verify")
OTHERS = ("new_code", "oppose", "again", "forget", "prove", "set_password", "close", "reopen")
CALLS = (*ACTIVATE, *ENTER, *OTHERS, "sign_out", "six_weeks")
MOVES = st.lists(st.tuples(st.sampled_from(CALLS), st.integers(0, 3)), max_size=40)
ACTIVE = [(name, 0) for name in (*ACTIVATE, *ENTER)]
HALF = [*ACTIVE, ("close", 0), ("sign_in", 0)]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves=MOVES)
@example([*HALF, *((n, 0) for n in ("new_code", "identify", "card", "oppose", "verify", "reopen"))])
@example([*HALF, *((n, 0) for n in ("new_code", "identify", "verify", "reopen", "oppose"))])
@example([*ACTIVE, ("forget", 0), ("prove", 0), ("close", 0), ("set_password", 0), ("reopen", 0)])
@example([*ACTIVE, ("sign_in", 0), ("forget", 0), ("prove", 0), ("set_password", 1), ("verify", 1)])
def test_no_order_of_calls_leaves_a_right_too_many(
    address: str | None, tmp_path: Path, moves: list[tuple[str, int]]
) -> None:
    async def play() -> None:
        store = PostgresStore(address) if address else None
        async with opened(tmp_path / "data", store=store, limits=BOUNDLESS) as world:
            await emptied(world)
            hands, status = Hands(world), "invited"
            await hands.do("invite", 0)
            for name, which in moves:
                await hands.do(name, which)
                status = await hands.check(name, status)

    asyncio.run(play())


async def emptied(world: World) -> None:
    """Forget whoever an example before this one left in the database."""
    async with world.rules.context.store.transaction() as tx:
        for table in ("sending", "failure", "outbox", "person"):
            await tx.run(f"DELETE FROM {table}")
