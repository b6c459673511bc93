"""Hashing of passwords and provisional codes: argon2id, peppered, in a pool as wide as the cores.

The queue is bounded: `reserve` takes a place before anything is counted or read, and raises
`Unreachable("busy")` if there is none: an overload is reported at once and costs nobody an attempt.
argon2 releases the interpreter's lock: the pool really uses the cores. Its threads have the lowest
priority: a light request does not wait for somebody else's hash.

A hash is stored as ``<key id>$argon2id$…``: it names the key its pepper came from.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, TypeVar

from espace_tui.activation import lazy
from espace_tui.activation.crypto.keys import Keys
from espace_tui.activation.fair_share import FairShare
from espace_tui.errors import Unreachable

if TYPE_CHECKING:
    from argon2 import PasswordHasher

T = TypeVar("T")
_LET_OTHERS_GO_FIRST = partial(os.nice, 10) if sys.platform == "linux" else None
"""What a thread that hashes begins with, where each has a priority of its own."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a hash costs: rounds, KiB of memory, argon2 lanes."""

    rounds: int
    kibibytes: int
    lanes: int = 1


EMBEDDED = Cost(rounds=3, kibibytes=64 * 1024)
"""On a person's own computer: one hash at a time, as dear as comfort allows."""

SERVICE = Cost(rounds=2, kibibytes=19 * 1024)
"""The floor of a service (OWASP): nothing below it."""


class Hasher:
    """Hashes and verifies; `queue` is how many may wait for each thread."""

    def __init__(self, keys: Keys, cost: Cost, queue: int = 16) -> None:
        self._keys = keys
        self._cost = cost
        threads = os.cpu_count() or 1
        self._pool = ThreadPoolExecutor(threads, "hash", initializer=_LET_OTHERS_GO_FIRST)
        self._slots = FairShare(threads * (queue + 1))

    @contextmanager
    def reserve(self, caller: str | None) -> Iterator[None]:
        """Hold a place in the queue; raises `Unreachable("busy")` when none is left for them."""
        with self._slots.slot(caller) as has_slot:
            if not has_slot:
                raise Unreachable("busy", cause="hashes")
            yield

    @property
    def waiting(self) -> int:
        """How many hold a place in the queue."""
        return self._slots.taken

    async def hash(self, kind: str, *parts: str) -> str:
        """Return the hash of a secret, bound to the other parts."""
        key_id = self._keys.current
        material = self._keys.pepper(key_id, kind, *parts)
        return key_id + await self._run(lambda: self._argon2.hash(material))

    async def verify(self, stored: str | None, kind: str, *parts: str) -> bool:
        """Tell whether a secret matches its hash; without one, False at the same cost."""
        key_id, _, rest = (stored or self._nobody).partition("$")
        material = self._keys.pepper(key_id, kind, *parts)
        right = await self._run(lambda: self._right("$" + rest, material))
        return right and bool(stored)

    def is_outdated(self, stored: str) -> bool:
        """Tell whether a hash should be made again: the cost was raised, or the key changed."""
        key_id, _, rest = stored.partition("$")
        return key_id != self._keys.current or self._argon2.check_needs_rehash("$" + rest)

    async def aclose(self) -> None:
        """Let the threads end."""
        self._pool.shutdown(wait=False)

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def _right(self, kept: str, material: bytes) -> bool:
        try:
            return self._argon2.verify(kept, material)
        except lazy.argon2.exceptions.VerifyMismatchError:
            return False

    @cached_property
    def _argon2(self) -> PasswordHasher:
        cost = self._cost
        return lazy.argon2.PasswordHasher(cost.rounds, cost.kibibytes, cost.lanes)

    @cached_property
    def _nobody(self) -> str:
        salt, made = (b64encode(secrets.token_bytes(n)).decode().rstrip("=") for n in (16, 32))
        cost = f"m={self._cost.kibibytes},t={self._cost.rounds},p={self._cost.lanes}"
        return f"{self._keys.current}$argon2id$v=19${cost}${salt}${made}"
