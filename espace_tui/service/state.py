"""What the routes work with: the rules, the published policy, and the recorded answers.

Anything whose services satisfy `espace_tui.backends.port` can be served.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from espace_tui.activation.context import CallGuard, ServiceContext
from espace_tui.activation.crypto.keys import refuse_lost_key
from espace_tui.activation.rules import Rules
from espace_tui.activation.stores.port import ConflictError, migrations
from espace_tui.backends.port import Activation, OpenSpace, Recovery, SignIn
from espace_tui.errors import Unreachable
from espace_tui.model.policy import Policy
from espace_tui.service.idempotency import IdempotencyStore

_READY_SECONDS = 1.0
_FULL_SECONDS = 60.0
_VERSION = migrations("sqlite")[-1][0]


class Services(Protocol):
    """The rules, by the part of the port they implement."""

    def guarded(self, guard: CallGuard, caller: str) -> Services:
        """Return the same for one call, whose effect and answer `guard` records."""
        ...

    @property
    def activation(self) -> Activation:
        """The journey."""
        ...

    @property
    def sign_in(self) -> SignIn:
        """Two-step sign-in."""
        ...

    @property
    def recovery(self) -> Recovery:
        """Ways back in."""
        ...

    @property
    def space(self) -> OpenSpace:
        """What a signed-in person can do."""
        ...


@dataclass(frozen=True, slots=True)
class ServiceState:
    """What one service process serves."""

    services: Services
    policy: Policy
    idempotency: IdempotencyStore
    ready: Callable[[], Awaitable[object]]
    """Raises `Unreachable` while the process cannot serve."""
    on_unreachable: Callable[[Unreachable], None]
    """Is told why a request could not be served."""


def state_of(rules: Rules) -> ServiceState:
    """Return the state of a process that serves the project's own rules."""
    context = rules.context
    ready = Readiness(context)
    answers = IdempotencyStore(context)
    return ServiceState(rules, context.policy, answers, ready, ready.note_failure)


class Readiness:
    """Proves that a process can serve: tables up to date, a write, the present key in its hands.

    Asked by many, it looks once a second at most, and says the same to all of them. A full disk may
    still take the small write of a look: after one of them, or a request, found it full, the
    process is out of rotation for a minute.
    """

    def __init__(self, context: ServiceContext) -> None:
        self._context = context
        self._looking = asyncio.Lock()
        self._looked_at = -_READY_SECONDS
        self._found: Unreachable | None = None
        self._full_until = -_FULL_SECONDS

    async def __call__(self) -> None:
        """Raise `Unreachable` while it cannot."""
        async with self._looking:
            if monotonic() - self._looked_at >= _READY_SECONDS:
                self._found = await self._look()
                self._looked_at = monotonic()
                if self._found:
                    self.note_failure(self._found)
        if self._found:
            raise Unreachable(self._found.code, **self._found.values)
        if monotonic() < self._full_until:
            raise Unreachable("busy", cause="store-full")  # said again, not found again

    def note_failure(self, error: Unreachable) -> None:
        """Take note of why something could not be done: a disk that is full stays so a while."""
        if error.code == "store-full":
            self._full_until = monotonic() + _FULL_SECONDS

    async def _look(self) -> Unreachable | None:
        context = self._context
        try:
            if await context.store.version() < _VERSION:
                return Unreachable("store-locked", cause="version")
            await refuse_lost_key(context.store, context.keys, always_write=True)
        except ConflictError:
            return None  # somebody else has just written there
        except Unreachable as error:
            return error
        return None
