"""A whole service in a test's hand: rules over a store, a clock to move, letters in a list."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from espace_tui.activation.context import Limits, ServiceContext
from espace_tui.activation.crypto.hasher import Cost, Hasher
from espace_tui.activation.crypto.keys import open_keys, refuse_other_keys
from espace_tui.activation.mail.delivery import OutgoingMessage
from espace_tui.activation.mail.outbox import Outbox
from espace_tui.activation.rules import Rules
from espace_tui.activation.stores.port import Store
from espace_tui.activation.stores.sqlite import SqliteStore
from espace_tui.activation.use_cases.administration import InvitationResult, Invitee
from espace_tui.clock import MovableClock
from espace_tui.errors import Refused
from espace_tui.local import private_files
from espace_tui.model.grants import CodeRequest, Flow, Space
from espace_tui.model.policy import GUIDE_2022, Policy
from espace_tui.model.values import Channel, Choice
from tests.people import CHRISTIAN

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
QUICK = Cost(rounds=1, kibibytes=8)
"""A hash that costs nothing: the rules around it are what is tested."""

PASSWORD = "Ornithorynque7!"


class MemoryDelivery:
    """A Delivery that stores messages in memory, each once."""

    def __init__(self) -> None:
        self.letters: dict[str, OutgoingMessage] = {}

    async def send(self, letter: OutgoingMessage) -> None:
        """Keep a letter."""
        self.letters[letter.id] = letter

    async def collect(self, outbox: Outbox) -> list[OutgoingMessage]:
        """Have what waits delivered; return every letter so far, oldest first."""
        await outbox.flush(self)
        return [letter for _, letter in sorted(self.letters.items())]


@dataclass
class World:
    """The service, and what a test does in it."""

    rules: Rules
    clock: MovableClock
    pigeonhole: MemoryDelivery

    async def letters(self) -> list[OutgoingMessage]:
        """Return every letter sent so far, oldest first."""
        return await self.pigeonhole.collect(self.rules.outbox)

    async def kinds(self) -> list[str]:
        """Return the kind of every letter sent so far, oldest first."""
        return [letter.kind.value for letter in await self.letters()]

    async def code(self) -> str:
        """Return the code in the last letter that holds one."""
        found = [code for letter in await self.letters() if (code := code_in(letter.text))]
        return found[-1]

    async def invite(self, person: Invitee = CHRISTIAN) -> str:
        """Invite someone; return their provisional code."""
        assert isinstance(await self.rules.administration.invite(person), InvitationResult)
        return await self.code()

    async def reach(self, person: Invitee = CHRISTIAN, code: str | None = None) -> Flow:
        """Bring someone to the choice of their credentials."""
        steps = self.rules.activation
        flow = await steps.identify(code or await self.invite(person), person.nir)
        flow = await steps.verify_card(flow, person.kind, person.serial)
        flow = await steps.decide(flow, Choice.ACTIVATE, self.rules.context.policy.terms)
        return await steps.confirm_contacts(flow)

    async def activate(
        self, person: Invitee = CHRISTIAN, identifier: str = "christian.exemple"
    ) -> Flow:
        """Bring someone to an active space."""
        flow = await self.reach(person)
        return await self.rules.activation.complete(flow, identifier, PASSWORD)

    async def ask_to_sign_in(self, identifier: str = "christian.exemple") -> CodeRequest:
        """Give the right credentials."""
        return await self.rules.sign_in.open(identifier, PASSWORD, Channel.EMAIL)

    async def sign_in(self, identifier: str = "christian.exemple") -> Space:
        """Bring someone who is active into their space."""
        request = await self.ask_to_sign_in(identifier)
        return await self.rules.sign_in.verify(request, await self.code())

    async def rows(self, sql: str) -> list[dict[str, object]]:
        """Look into the store."""
        async with self.rules.context.store.transaction() as tx:
            return [dict(row) for row in await tx.all(sql)]


def code_in(text: str) -> str | None:
    """Return the code of a letter: alone on its line in a mail, among words in a text message."""
    alone = re.search(r"^([0-9]{6}|[0-9A-Za-z]{12})$", text, re.MULTILINE)
    found = alone or re.search(r"\b([0-9]{6}|(?=\w*[0-9])[0-9A-Za-z]{12})\b", text)
    return found[1] if found else None


async def refusal(call: Awaitable[object]) -> Refused:
    """Return how a call was refused."""
    try:
        await call
    except Refused as refused:
        return refused
    raise AssertionError("it was accepted")


def seen(refused: Refused) -> tuple[object, ...]:
    """Return all that a stranger can see of a refusal."""
    return (refused.code, refused.field, refused.wait, refused.attempts_left, str(refused))


@asynccontextmanager
async def opened(
    folder: Path,
    *,
    store: Store | None = None,
    policy: Policy = GUIDE_2022,
    cost: Cost = QUICK,
    limits: Limits | None = None,
) -> AsyncIterator[World]:
    """Open a service in a folder, over SQLite or the store given."""
    kept = store or SqliteStore(folder / "espace.db")
    try:
        keys = open_keys(private_files.ensure_folder(folder) / "keys.json")
        await kept.migrate()
        await refuse_other_keys(kept, keys)
        hasher = Hasher(keys, cost)
        clock = MovableClock(START)
        context = ServiceContext(kept, keys, hasher, clock, policy, limits or Limits())
        yield World(Rules(context), clock, MemoryDelivery())
        await hasher.aclose()
    finally:
        await kept.aclose()


Act = Callable[[], Awaitable[object]]
