"""A town to try a service on: the store it serves, people to invite, the letters they get.

It opens the same files as the service, as another process would.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path

from espace_tui.activation.audit import Event
from espace_tui.activation.data_requests.trail import Trail
from espace_tui.activation.mail.delivery import OutgoingMessage
from espace_tui.activation.rules import Rules
from espace_tui.activation.use_cases.administration import Invitee
from espace_tui.service.options import ServiceOptions
from espace_tui.service.server import open_rules
from tests.activation.world import MemoryDelivery
from tests.people import ALICE

IDENTIFIER = "alice.durand84"
PASSWORD = "Trois-petits-chats-9"


@dataclass
class ServiceWorld:
    """The files of a service, and the rules over them in this process."""

    options: ServiceOptions
    rules: Rules
    mailbox: MemoryDelivery

    async def invite(self, person: Invitee = ALICE) -> str:
        """Invite a person; return their provisional code."""
        await self.rules.administration.invite(person)
        return await self.last(r"\b[0-9A-Za-z]{12}\b", person.email)

    async def one_time_code(self, person: Invitee = ALICE) -> str:
        """Return the last one-time code a person received by SMS."""
        return await self.last(r"\b[0-9]{6}\b", person.mobile)

    async def last(self, pattern: str, to: str | None) -> str:
        """Return what matches in the last letter to an address or number."""
        letters = [letter for letter in await self.messages() if letter.to == to]
        found = re.search(pattern, letters[-1].text)
        assert found, "no code in the last letter"
        return found[0]

    async def messages(self) -> list[OutgoingMessage]:
        """Return every letter written so far."""
        return await self.mailbox.collect(self.rules.outbox)

    async def audit_events(self) -> list[Event]:
        """Return what the audit trail holds: every effect, in order."""
        return [line.event for line in await Trail(self.rules.context).page()]

    async def forget_send_limits(self) -> None:
        """Forget how often messages went: tests do not wait."""
        async with self.rules.context.store.transaction() as tx:
            await tx.run("DELETE FROM sending")

    async def count(self, table: str) -> int:
        async with self.rules.context.store.transaction() as tx:
            row = await tx.one(f"SELECT COUNT(*) AS number FROM {table}")
        assert row
        return int(row["number"])


async def open_world(folder: Path, database: str = "") -> ServiceWorld:
    """Found a town in a folder, over SQLite or another database."""
    database = database or f"sqlite://{folder}/store/espace.db"
    options = ServiceOptions(database=database, keys=folder / "keys", port=0)
    await asyncio.to_thread(folder.chmod, 0o700)
    rules = open_rules(options)
    await rules.context.store.migrate()
    return ServiceWorld(options, rules, MemoryDelivery())
