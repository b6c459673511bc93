"""Any sequence of calls, with any flow ever granted, does exactly what the model says."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from espace_tui.activation.context import Limits
from espace_tui.activation.stores.postgres import PostgresStore
from espace_tui.errors import Refused
from espace_tui.model.grants import Flow
from espace_tui.model.values import Choice, Stage
from tests.activation.world import PASSWORD, START, World, opened
from tests.people import someone

BOUNDLESS = Limits(free_failures=10**6, long_wait_failures=10**6, max_failures=10**6)
STAGES = list(Stage)
IDLE = 30
_people = itertools.count(1)


def code_end(minute: int) -> int:
    """Return the minute that a code of a minute ends at: midnight in France after six weeks."""
    last = (START + timedelta(minutes=minute, days=42)).astimezone(ZoneInfo("Europe/Paris"))
    midnight = datetime.combine(last.date() + timedelta(days=1), time(), last.tzinfo)
    return int((midnight.astimezone(UTC) - START).total_seconds()) // 60


@dataclass
class Model:
    """One person's activation in the words of the port; time is in minutes."""

    now: int = 0
    code_ends: int = field(default_factory=lambda: code_end(0))
    code_is_used: bool = False
    flow: int = 0
    holder: int = 0
    revision: int = 0
    stage: int = 0
    ends: int = 0
    last_step: str = ""

    def identify(self, *, right: bool) -> str:
        """Return how an identification ends."""
        if not right or self.code_is_used or self.now >= self.code_ends:
            return "refused"
        if not self.flow:
            self.flow, self.revision, self.stage = next(_people), 0, 0
        self.holder, self.last_step = self.holder + 1, ""
        self._advance()
        return "accepted"

    def step(self, held: Held, step: str, least: int, to: int, wrong: str = "") -> str:
        """Return how a step ends, made with a flow that was granted some time ago."""
        is_held = held.flow == self.flow and held.holder == self.holder
        if is_held and held.revision + 1 == self.revision and self.last_step == step:
            return "accepted"
        turned_away = (
            (held.flow != self.flow, "flow-expired"),
            (held.holder != self.holder or held.revision != self.revision, "stale-revision"),
            (self.now >= self.ends, "flow-expired"),
            (not least <= self.stage < 4, "step-not-pending"),
            (bool(wrong), wrong),
        )
        for applies, code in turned_away:
            if applies:
                return code
        self.stage, self.last_step = max(self.stage, to), step
        self.code_is_used = self.code_is_used or to >= 4
        self._advance()
        return "accepted"

    def new_code(self) -> None:
        """Replace the code: what was pending on the old one is over; nobody active gets one."""
        if STAGES[self.stage] is Stage.DONE:
            return
        self.flow, self.code_is_used, self.code_ends = 0, False, code_end(self.now)

    def _advance(self) -> None:
        self.revision += 1
        self.ends = min(self.now + IDLE, self.code_ends)


@dataclass
class Held:
    """A flow as it was granted, and what the model knew of it then."""

    granted: Flow
    flow: int
    holder: int
    revision: int


@dataclass
class Play:
    """One sequence of calls, on the service and on the model."""

    world: World
    number: int
    model: Model = field(default_factory=Model)
    code: str = ""
    held: list[Held] = field(default_factory=list)

    async def run(self, moves: list[tuple[str, int]]) -> None:
        """Make every move, and compare."""
        self.code = await self.world.invite(someone(self.number))
        for name, which in moves:
            if name == "wait":
                minutes = (1, 29, 30, 5000, 30000, 60480)[which % 6]
                self.world.clock.move(minutes=minutes)
                self.model.now += minutes
            elif name == "new code":
                self.code = await self.world.invite(someone(self.number))
                self.model.new_code()
            elif name in {"identify", "identify wrongly"}:
                await self._identify(right=name == "identify")
            elif self.held:
                await self._step(name, self.held[-1 - which % min(3, len(self.held))])

    async def _identify(self, *, right: bool) -> None:
        code, nir = self.code if right else "x" * 12, someone(self.number).nir
        expected = self.model.identify(right=right)
        await self._compare(lambda: self.world.rules.activation.identify(code, nir), expected)

    async def _step(self, name: str, held: Held) -> None:
        steps, flow, person = self.world.rules.activation, held.granted, someone(self.number)
        identifier = f"person.number.{self.number}"
        calls: dict[str, tuple[Callable[[], Awaitable[Flow]], tuple[int, int], str]] = {
            "card": (lambda: steps.verify_card(flow, person.kind, person.serial), (0, 1), ""),
            "wrong card": (
                lambda: steps.verify_card(flow, person.kind, "00000000"),
                (0, 1),
                "refused",
            ),
            "agree": (lambda: steps.decide(flow, Choice.ACTIVATE, "2022-01"), (1, 2), ""),
            "oppose": (lambda: steps.decide(flow, Choice.OPPOSE), (1, 5), ""),
            "confirm": (lambda: steps.confirm_contacts(flow), (2, 3), ""),
            "complete": (lambda: steps.complete(flow, identifier, PASSWORD), (3, 4), ""),
        }
        call, (least, to), wrong = calls[name]
        await self._compare(call, self.model.step(held, name, least, to, wrong))

    async def _compare(self, call: Callable[[], Awaitable[Flow]], expected: str) -> None:
        try:
            granted = await call()
        except Refused as refused:
            found = refused.code
        else:
            found = "accepted"
            self._keep(granted)
        assert found == expected

    def _keep(self, granted: Flow) -> None:
        model = self.model
        assert (granted.stage, granted.revision) == (STAGES[model.stage], model.revision)
        assert (granted.contacts is not None) == (model.stage >= 2)
        assert granted.first_name == f"N{self.number}"
        self.held.append(Held(granted, model.flow, model.holder, model.revision))


FORWARD = ("identify", "card", "agree", "confirm", "complete")
NAMES = (*FORWARD, "identify wrongly", "wrong card", "oppose", "new code", "wait")
MOVES = st.lists(st.tuples(st.sampled_from((*FORWARD, *FORWARD, *NAMES)), st.integers(0, 5)))
WALK = [(name, 0) for name in FORWARD]


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves=MOVES)
@example(moves=WALK)
@example(moves=[*WALK, ("complete", 1), ("new code", 0), ("identify", 0)])
@example(moves=[*WALK[:3], ("oppose", 0), ("oppose", 1), ("identify", 0), ("new code", 0), *WALK])
@example(moves=[*WALK[:4], ("wait", 2), ("complete", 0), ("identify", 0), ("complete", 0)])
@example(moves=[*WALK[:2], ("identify", 0), ("agree", 1), ("agree", 0), ("card", 1), ("card", 0)])
@example(moves=[("wait", 4), ("wait", 3), ("wait", 3), ("identify", 0), ("wait", 3), *WALK])
def test_the_flow_does_as_its_model(
    address: str | None, tmp_path: Path, moves: list[tuple[str, int]]
) -> None:

    async def play() -> None:
        store = PostgresStore(address) if address else None
        async with opened(tmp_path / "data", store=store, limits=BOUNDLESS) as world:
            await Play(world, next(_people)).run(moves)

    asyncio.run(play())
