"""A harness over the embedded backend: its own inbox, its own office, a clock that is moved."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from espace_tui.activation.hasher import Cost
from espace_tui.activation.office import Invitee
from espace_tui.backends.embedded import Embedded
from espace_tui.clock import MovableClock
from espace_tui.testing import Person

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
QUICK = Cost(rounds=1, kibibytes=8)


class EmbeddedHarness:
    """One data folder, and whoever is invited there."""

    def __init__(self, folder: Path) -> None:
        self.clock = MovableClock(START)
        self.backend = Embedded(folder / "data", clock=self.clock, cost=QUICK)

    @property
    def now(self) -> datetime:
        return self.clock.now()

    async def invite(self, person: Person) -> None:
        await self.backend.office.invite(
            Invitee(
                first_name=person.first_name,
                last_name=person.last_name,
                birth_date=person.birth_date,
                nir=person.nir,
                kind=person.kind,
                serial=person.serial,
                email=person.email,
                mobile=person.mobile,
            )
        )

    async def letters(self, person: Person) -> tuple[str, ...]:
        theirs = {person.email, person.mobile}
        messages = await self.backend.messages()
        return tuple(each.text for each in messages if each.to in theirs)

    async def code(self, person: Person) -> str:
        codes = [code for text in await self.letters(person) if (code := code_in(text))]
        return codes[-1]

    async def move(self, seconds: float) -> None:
        self.clock.move(seconds=seconds)


def code_in(text: str) -> str | None:
    """The code of a message: alone on its line in a mail, among words in a text message."""
    alone = re.search(r"^([0-9]{6}|[0-9A-Za-z]{12})$", text, re.MULTILINE)
    found = alone or re.search(r"\b([0-9]{6}|(?=\w*[0-9])[0-9A-Za-z]{12})\b", text)
    return found[1] if found else None


@asynccontextmanager
async def embedded(folder: Path) -> AsyncIterator[EmbeddedHarness]:
    harness = EmbeddedHarness(folder)
    try:
        yield harness
    finally:
        await harness.backend.aclose()
