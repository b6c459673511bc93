"""What the routes work with: the rules, the published policy, and the recorded answers.

Anything whose services satisfy `espace_tui.backends.port` can be served.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from espace_tui.activation.context import CallGuard
from espace_tui.activation.rules import Rules
from espace_tui.activation.stores.port import migrations
from espace_tui.backends.port import Activation, OpenSpace, Recovery, SignIn
from espace_tui.errors import Unreachable
from espace_tui.model.policy import Policy
from espace_tui.service.idempotency import IdempotencyStore

_VERSION = migrations("sqlite")[-1][0]


class Services(Protocol):
    """The rules, by the part of the port they implement."""

    def guarded(self, guard: CallGuard) -> Services:
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
    """What one service process serves; `ready` raises `Unreachable` while it cannot."""

    services: Services
    policy: Policy
    idempotency: IdempotencyStore
    ready: Callable[[], Awaitable[object]]


def state_of(rules: Rules) -> ServiceState:
    """Return the state of a process that serves the project's own rules."""
    context = rules.context

    async def ready() -> None:
        if await context.store.version() < _VERSION:
            raise Unreachable("store-locked")

    return ServiceState(rules, context.policy, IdempotencyStore(context), ready)
