"""The worlds a walk is played in: a person invited, on a backend whose time can be moved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import uvicorn

from espace_tui.activation.context import ServiceContext
from espace_tui.activation.crypto.hasher import Hasher
from espace_tui.activation.crypto.keys import open_keys
from espace_tui.activation.data_requests.trail import Trail
from espace_tui.activation.mail.deliveries.maildir import Maildir
from espace_tui.activation.mail.delivery import OutgoingMessage
from espace_tui.activation.rules import Rules
from espace_tui.activation.stores.port import Store
from espace_tui.backends.embedded import EmbeddedBackend
from espace_tui.backends.port import Backend
from espace_tui.backends.registry import open_backend
from espace_tui.clock import MovableClock
from espace_tui.i18n import Text, Texts
from espace_tui.idle import IdleWatch
from espace_tui.journey.context import StepContext
from espace_tui.journey.wizard import Wizard
from espace_tui.model.grants import Message
from espace_tui.model.policy import POLICIES
from espace_tui.service.app import build_app
from espace_tui.service.metrics import AccessLog, Metrics
from espace_tui.service.state import state_of
from tests.activation.world import QUICK, START
from tests.service.serving import PromptServer
from tests.walks.script import Walk


class FirstRun:
    """Preferences that were never asked for, kept in memory."""

    def __init__(self) -> None:
        self.chosen = False
        self.paste_anywhere = False
        self.allowed: frozenset[str] = frozenset()

    def allows(self, what: str) -> bool:
        """Tell what may be kept."""
        return what in self.allowed

    def choose(self, allowed: frozenset[str]) -> None:
        """Keep only what is named."""
        self.chosen, self.allowed = True, allowed


class PocketKeyring:
    """A keyring that is always open, in memory."""

    def __init__(self) -> None:
        self._stored: tuple[str, str] | None = None

    async def name(self) -> str:
        """Return its name."""
        return "pocket"

    async def save(self, identifier: str, password: str) -> None:
        """Keep both."""
        self._stored = (identifier, password)

    async def load(self) -> tuple[str, str] | None:
        """Return both."""
        return self._stored


class Drawer:
    """Where receipts are put, in memory."""

    at_once = False

    def __init__(self) -> None:
        self.receipts: list[str] = []

    async def save(self, lines: Iterable[Text]) -> str:
        """Keep what is written."""
        self.receipts.append("\n".join(map(Texts("fr"), lines)))
        return f"receipt-{len(self.receipts)}.txt"


class Postbox:
    """Keeps the letters it is given, as messages."""

    def __init__(self, clock: MovableClock) -> None:
        self.messages: list[Message] = []
        self._clock = clock

    async def send(self, letter: OutgoingMessage) -> None:
        """Deliver a letter."""
        self.messages.append(
            Message(
                to=letter.to,
                channel=letter.channel,
                subject=letter.subject,
                sent_at=self._clock.now(),
                text=letter.text,
            )
        )


@dataclass
class World:
    """A world: the backend as a wizard sees it, and what its operator sees."""

    backend: Backend
    rules: Rules
    clock: MovableClock
    postbox: Postbox
    fetch_messages: Callable[[], Coroutine[Any, Any, tuple[Message, ...]]]
    """What was delivered, read by another process's means: in a loop of its own."""
    watch: IdleWatch | None = None
    """At a counter, how long nobody touched the keyboard."""

    def collect(self) -> tuple[Message, ...]:
        """Return what was delivered, to who cannot await: a console."""
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(lambda: asyncio.run(self.fetch_messages())).result()

    def context(self) -> StepContext:
        """Return a newcomer's desk."""
        return StepContext(self.backend, FirstRun(), PocketKeyring(), receipts=Drawer())

    def wizard(self) -> Wizard:
        """Return a wizard that begins what is walked in this world."""
        return Wizard(self.context())

    async def messages(self) -> tuple[Message, ...]:
        """Return what was delivered, oldest first."""
        if self.backend.inbox:
            return await self.backend.inbox.messages()
        await self.rules.outbox.flush(self.postbox)
        return tuple(self.postbox.messages)

    async def events(self) -> tuple[str, ...]:
        """Return the audit events, oldest first."""
        return tuple(str(line.event) for line in await Trail(self.rules.context).page())


@asynccontextmanager
async def embedded(folder: Path, walk: Walk) -> AsyncIterator[World]:
    """Open the embedded backend of a folder, with the walk's person invited."""
    clock = MovableClock(START)
    backend = EmbeddedBackend(folder / "data", POLICIES[walk.policy], clock=clock, cost=QUICK)
    apart = Maildir(folder / "data" / "inbox").messages
    world = World(backend, await backend.rules(), clock, Postbox(clock), apart)
    try:
        await world.rules.administration.invite(walk.person)
        yield world
    finally:
        await backend.aclose()


@asynccontextmanager
async def over_http(
    folder: Path, walk: Walk, open_store: Callable[[], Store]
) -> AsyncIterator[World]:
    """Serve the rules of a store over HTTP on loopback, with the walk's person invited."""
    clock = MovableClock(START)
    keys = open_keys(folder / "keys.json")
    postbox = Postbox(clock)

    def open_rules() -> Rules:
        hasher = Hasher(keys, QUICK)
        return Rules(ServiceContext(open_store(), keys, hasher, clock, POLICIES[walk.policy]))

    async def fetch_messages() -> tuple[Message, ...]:
        worker = open_rules()
        await worker.outbox.flush(postbox)
        await worker.aclose()
        return tuple(postbox.messages)

    rules = open_rules()
    await rules.context.store.migrate()
    app = build_app(state_of(rules), AccessLog(Metrics(), str))
    async with serving(app) as port:
        backend = open_backend("http", {"url": f"http://127.0.0.1:{port}"})
        world = World(backend, rules, clock, postbox, fetch_messages)
        await world.rules.administration.invite(walk.person)
        yield world
        await backend.aclose()
    await rules.aclose()


@asynccontextmanager
async def serving(app: object) -> AsyncIterator[int]:
    """Serve an application in this very loop; give its port."""
    config = uvicorn.Config(
        cast("Any", app), port=0, lifespan="off", log_config=None, access_log=False, ws="none"
    )
    server = PromptServer.of(uvicorn.Server(config))
    task = asyncio.create_task(server.serve())
    try:
        yield (await asyncio.wrap_future(server.up)).port
    finally:
        server.stop()
        await task
