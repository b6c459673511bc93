"""A harness over HTTP: a real service on loopback over SQLite, a clock that both sides share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from espace_tui.activation.hasher import Hasher
from espace_tui.activation.keys import open_keys
from espace_tui.activation.means import Means
from espace_tui.activation.office import Invitee
from espace_tui.activation.rules import Rules
from espace_tui.backends.http import open_backend
from espace_tui.clock import MovableClock
from espace_tui.policy import GUIDE_2022
from espace_tui.service.opening import store_of
from espace_tui.service.options import ServiceOptions
from espace_tui.testing import Person
from tests.backends.worlds import QUICK, START, code_in
from tests.service.serving import in_thread
from tests.service.town import Postbox


class HttpHarness:
    """One service, and whoever is invited there."""

    def __init__(self, port: int, rules: Rules, clock: MovableClock) -> None:
        self.backend = open_backend({"url": f"http://127.0.0.1:{port}"})
        self._rules = rules
        self._clock = clock
        self._postbox = Postbox()

    @property
    def now(self) -> datetime:
        return self._clock.now()

    async def invite(self, person: Person) -> None:
        await self._rules.office.invite(
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
        await self._rules.outbox.flush(self._postbox)
        theirs = {person.email, person.mobile}
        return tuple(each.text for each in self._postbox.letters if each.to in theirs)

    async def code(self, person: Person) -> str:
        codes = [code for text in await self.letters(person) if (code := code_in(text))]
        return codes[-1]

    async def move(self, seconds: float) -> None:
        self._clock.move(seconds=seconds)


def _rules(options: ServiceOptions, clock: MovableClock) -> Rules:
    keys = open_keys(options.keys)
    store = store_of(options.database)
    return Rules(Means(store, keys, Hasher(keys, QUICK), clock, GUIDE_2022))


@asynccontextmanager
async def over_http(folder: Path, database: str = "") -> AsyncIterator[HttpHarness]:
    """Open a service in a folder, over SQLite or another database."""
    folder.chmod(0o700)  # noqa: ASYNC240 — before anything runs
    options = ServiceOptions(
        database=database or f"sqlite://{folder}/store/espace.db", keys=folder / "keys", port=0
    )
    clock = MovableClock(START)
    here, there = _rules(options, clock), _rules(options, clock)
    await here.means.store.migrate()
    with in_thread(options, there) as port:
        harness = HttpHarness(port, here, clock)
        try:
            yield harness
        finally:
            await harness.backend.aclose()
            await here.aclose()
