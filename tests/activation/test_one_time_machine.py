"""Any sequence of asking, sending again, guessing and waiting does exactly what the model says."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from hypothesis import example, given, settings
from hypothesis import strategies as st

from espace_tui.activation.context import Limits
from espace_tui.errors import Refused
from espace_tui.model.grants import CodeRequest
from espace_tui.model.values import Channel
from tests.activation.world import World, opened

T = TypeVar("T")
BOUNDLESS = Limits(free_failures=10**6, long_wait_failures=10**6, max_failures=10**6)
LIFE, APART, HOUR, MOST = 600, 30, 3600, 5
REQUEST = 900
"""Seconds after which a request is over, however often its code was sent again."""
WAITS = (1, 29, 30, 570, 599, 600, 3600)


@dataclass
class Asked:
    """A request as it was granted, and what the model knows of its code."""

    request: CodeRequest
    code: str
    ends: int
    over: int
    used: bool = False


@dataclass
class Play:
    """One sequence of calls, on the service and on the model; time is in seconds."""

    world: World
    now: int = 0
    sent: list[int] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    async def run(self, moves: list[tuple[str, int, int]]) -> None:
        """Make every move, and compare."""
        await self.world.activate()
        for name, which, other in moves:
            if name == "wait":
                seconds = WAITS[which % len(WAITS)]
                self.world.clock.move(seconds=seconds)
                self.now += seconds
            elif name == "ask":
                await self._ask()
            elif self.asked and name == "again":
                await self._again(self.asked[which % len(self.asked)], tuple(Channel)[other % 2])
            elif self.asked:
                guess = [*self.codes, "", "00000x"][other % (len(self.codes) + 2)]
                await self._guess(self.asked[which % len(self.asked)], guess)

    async def _ask(self) -> None:
        request = await self._sent(self.world.ask_to_sign_in, is_known=True)
        if request:
            over = self.now + REQUEST
            self.asked.append(Asked(request, self.codes[-1], self.now + LIFE, over))

    async def _again(self, asked: Asked, channel: Channel) -> None:
        async def call() -> CodeRequest:
            return await self.world.rules.sign_in.send_code(asked.request, channel)

        if await self._sent(call, is_known=not asked.used and self.now < asked.over):
            asked.code, asked.ends = self.codes[-1], min(self.now + LIFE, asked.over)

    async def _sent(
        self, call: Callable[[], Awaitable[CodeRequest]], *, is_known: bool
    ) -> CodeRequest | None:
        last = self.sent[-1] if self.sent else -HOUR
        full = len(self.sent) >= MOST and self.sent[-MOST] > self.now - HOUR
        too_soon = last > self.now - APART or full
        told, request = await self._told(call())
        assert told == (("send-later" if too_soon else "accepted") if is_known else "refused")
        if request:
            self.sent.append(self.now)
            self.codes.append(await self.world.code())
        return request

    async def _guess(self, asked: Asked, code: str) -> None:
        right = code == asked.code and not asked.used and self.now < asked.ends
        told, _ = await self._told(self.world.rules.sign_in.verify(asked.request, code))
        assert told == ("accepted" if right else "refused")
        asked.used = asked.used or right

    async def _told(self, call: Awaitable[T]) -> tuple[str, T | None]:
        try:
            return "accepted", await call
        except Refused as refused:
            return refused.code, None


NUMBER = st.integers(0, 6)
NAMES = ("ask", "ask", "again", "guess", "guess", "wait")
MOVES = st.lists(st.tuples(st.sampled_from(NAMES), NUMBER, NUMBER), max_size=30)


@settings(max_examples=60, deadline=None)
@given(moves=MOVES)
@example([("ask", 0, 0), ("wait", 4, 0), ("guess", 0, 0), ("guess", 0, 0), ("again", 0, 0)])
@example([("ask", 0, 0), ("wait", 5, 0), ("guess", 0, 0), ("again", 0, 1), ("guess", 0, 1)])
@example([("ask", 0, 0), ("wait", 2, 0), ("ask", 0, 0), ("guess", 1, 0), ("guess", 1, 1)])
@example([("ask", 0, 0), ("wait", 2, 0), ("again", 0, 1), ("guess", 0, 0), ("guess", 0, 1)])
@example([("ask", 0, 0), ("wait", 2, 0)] * 6)
def test_one_time_codes_do_as_their_model(moves: list[tuple[str, int, int]]) -> None:
    async def play() -> None:
        with TemporaryDirectory() as folder:
            async with opened(Path(folder) / "data", limits=BOUNDLESS) as world:
                await Play(world).run(moves)

    asyncio.run(play())
