"""A harness over a backend: an office that invites, what it delivers, a clock that is moved."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from espace_tui.activation.mail.delivery import OutgoingMessage
from espace_tui.activation.use_cases.administration import Administration
from espace_tui.backends.embedded import EmbeddedBackend
from espace_tui.backends.port import Backend
from espace_tui.clock import MovableClock
from espace_tui.model.grants import Message
from espace_tui.testing import Person
from tests.activation.world import QUICK, START, code_in
from tests.people import invitee

Delivered = Callable[[], Awaitable[Sequence[OutgoingMessage | Message]]]


class RulesHarness:
    """One backend of the house, and whoever is invited there."""

    def __init__(
        self, backend: Backend, office: Administration, clock: MovableClock, delivered: Delivered
    ) -> None:
        self.backend = backend
        self._office = office
        self._clock = clock
        self._delivered = delivered

    @property
    def now(self) -> datetime:
        return self._clock.now()

    async def invite(self, person: Person) -> None:
        await self._office.invite(invitee(person))

    async def letters(self, person: Person) -> tuple[str, ...]:
        theirs = {person.email, person.mobile}
        return tuple(each.text for each in await self._delivered() if each.to in theirs)

    async def code(self, person: Person) -> str:
        codes = [code for text in await self.letters(person) if (code := code_in(text))]
        return codes[-1]

    async def move(self, seconds: float) -> None:
        self._clock.move(seconds=seconds)


@asynccontextmanager
async def embedded(folder: Path) -> AsyncIterator[RulesHarness]:
    """Open the embedded backend in a folder."""
    clock = MovableClock(START)
    backend = EmbeddedBackend(folder / "data", clock=clock, cost=QUICK)
    try:
        yield RulesHarness(backend, backend.administration, clock, backend.messages)
    finally:
        await backend.aclose()
