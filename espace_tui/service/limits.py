"""What one client, and all of them together, may ask of one process.

A client is an address; of IPv6, the network of 64 bits that one subscriber has. What is written for
somebody unproved (a sign-in begun, a code asked for, any call that is refused) is counted for ten
minutes: it leaves rows and lines behind, and nobody has shown a right to them.

    >>> client_name("2001:db8::1") == client_name("2001:db8::2"), client_name("unknown")
    (True, 'unknown')
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from math import ceil
from time import monotonic

from espace_tui.wire.problems import Code
from espace_tui.wire.routes import Route

_WINDOW = 600.0
_CLIENTS = 20_000
_TOTAL = ""
_LONGEST_NAME = 64
UNPROVED = frozenset(
    {Route.FLOWS, Route.SIGN_INS, Route.NEW_CODES, Route.IDENTIFIERS, Route.RESETS}
)
"""The writes that ask for no right."""
REFUSED = frozenset(
    {
        Code.REFUSED,
        Code.SESSION_EXPIRED,
        Code.STEP_NOT_PENDING,
        Code.FLOW_EXPIRED,
        Code.STALE_REVISION,
        Code.SEND_LATER,
        Code.TOO_MANY_ATTEMPTS,
    }
)
"""The problems of a write that the rules looked at: what could not even be read leaves nothing."""


@dataclass(frozen=True, slots=True)
class EdgeLimits:
    """Bounds of one process; a number of writes that is 0 is no bound.

    `client_writes` and `total_writes` are those of ten minutes, unproved or refused.
    """

    max_requests: int = 1000
    body_seconds: float = 10.0
    client_writes: int = 6000
    total_writes: int = 60_000


USUAL_LIMITS = EdgeLimits()


@lru_cache(4096)
def client_name(address: str) -> str:
    """Return the name under which a client is counted."""
    try:
        known = ip_address(address)
    except ValueError:
        return address[:_LONGEST_NAME]
    if not isinstance(known, IPv6Address):
        return address
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return known.exploded[:19]


class WriteCounter:
    """Counts unproved writes: a level for each client that empties in ten minutes."""

    def __init__(self, limits: EdgeLimits, clock: Callable[[], float] = monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    @property
    def known(self) -> int:
        """How many clients are remembered: never more than a bound."""
        return len(self._levels)

    def seconds_to_wait(self, client: str) -> int:
        """Return how long a client has to wait before it may write again, 0 if it need not."""
        return max(self._wait(_TOTAL), self._wait(client))

    def count(self, client: str) -> None:
        """Count one write."""
        for name in (_TOTAL, client):
            self._levels[name] = (self._level(name) + 1, self._clock())
            self._levels.move_to_end(name)
        self._levels.move_to_end(_TOTAL)
        while len(self._levels) > _CLIENTS:
            self._levels.popitem(last=False)

    def _most(self, name: str) -> int:
        return self._limits.client_writes if name else self._limits.total_writes

    def _level(self, name: str) -> float:
        level, at = self._levels.get(name, (0.0, 0.0))
        return max(level - (self._clock() - at) * self._most(name) / _WINDOW, 0.0)

    def _wait(self, name: str) -> int:
        most = self._most(name)
        beyond = self._level(name) + 1 - most
        return ceil(beyond * _WINDOW / most) if most and beyond > 0 else 0
