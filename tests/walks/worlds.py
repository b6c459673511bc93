"""The worlds a walk is played in: a person invited, on a backend whose time can be moved."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from espace_tui.activation.hasher import Cost
from espace_tui.activation.office import Invitee
from espace_tui.backends.embedded import Embedded
from espace_tui.backends.port import Backend
from espace_tui.clock import MovableClock
from espace_tui.desk import Desk
from espace_tui.policy import POLICIES
from espace_tui.session import Message
from espace_tui.validators.card_serial import CardKind
from tests.walks.script import Person, Walk

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
QUICK = Cost(rounds=1, kibibytes=8)
"""A hash that costs nothing: the rules around it are what is walked."""


class FirstRun:
    """Preferences that were never asked for, kept in memory."""

    def __init__(self) -> None:
        self.chosen = False
        self.paste_anywhere = False
        self.kept: frozenset[str] = frozenset()

    def allows(self, what: str) -> bool:
        """Tell what may be kept."""
        return what in self.kept

    def choose(self, kept: frozenset[str]) -> None:
        """Keep only what is named."""
        self.chosen, self.kept = True, kept


class PocketKeyring:
    """A keyring that is always open, in memory."""

    def __init__(self) -> None:
        self._kept: tuple[str, str] | None = None

    async def name(self) -> str:
        """Return its name."""
        return "pocket"

    async def keep(self, identifier: str, password: str) -> None:
        """Keep both."""
        self._kept = (identifier, password)

    async def recall(self) -> tuple[str, str] | None:
        """Return both."""
        return self._kept


@dataclass
class Place:
    """A world: the backend as a wizard sees it, and what its operator sees."""

    backend: Backend
    served: Embedded
    clock: MovableClock

    def desk(self) -> Desk:
        """Return a newcomer's desk."""
        return Desk(self.backend, FirstRun(), PocketKeyring())

    async def messages(self) -> tuple[Message, ...]:
        """Return what was delivered, oldest first."""
        return await self.served.messages()

    async def events(self) -> tuple[str, ...]:
        """Return the audit events, oldest first."""
        return tuple(str(line.event) for line in await self.served.office.audit())

    async def invite(self, person: Person) -> None:
        """Invite someone."""
        await self.served.office.invite(
            Invitee(
                first_name=person.first_name,
                last_name=person.last_name,
                birth_date=date.fromisoformat(person.birth_date),
                nir=person.nir,
                kind=CardKind(person.kind),
                serial=person.serial,
                email=person.email,
                mobile=person.mobile,
            )
        )


@asynccontextmanager
async def embedded(folder: Path, walk: Walk) -> AsyncIterator[Place]:
    """Open the embedded backend of a folder, with the walk's person invited."""
    clock = MovableClock(START)
    backend = Embedded(folder / "data", POLICIES[walk.policy], clock=clock, cost=QUICK)
    place = Place(backend, backend, clock)
    try:
        await place.invite(walk.person)
        yield place
    finally:
        await backend.aclose()
