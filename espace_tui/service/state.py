"""What the routes find at hand: the rules, what they publish, and the answers kept.

Anything whose parts satisfy `espace_tui.backends.port` can be served.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from espace_tui.activation.rules import Rules
from espace_tui.activation.stores.port import migrations
from espace_tui.backends.port import Activation, OpenSpace, Recovery, SignIn
from espace_tui.errors import Unreachable
from espace_tui.model.policy import Policy
from espace_tui.service.idempotency import Once

_VERSION = migrations("sqlite")[-1][0]


class Parts(Protocol):
    """The rules, part by part."""

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
class House:
    """What one service process serves; `ready` raises `Unreachable` while it cannot."""

    parts: Parts
    policy: Policy
    once: Once
    ready: Callable[[], Awaitable[object]]


def house_of(rules: Rules) -> House:
    """Return the house of the project's own rules."""
    means = rules.means

    async def ready() -> None:
        if await means.store.version() < _VERSION:
            raise Unreachable("store-locked")

    return House(rules, means.policy, Once(means), ready)
