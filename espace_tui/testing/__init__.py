"""The contract suites: what every backend and every store promises, ready to be run on another.

A package that brings a backend writes one class and lets pytest (or unittest) find it::

    class TestMine(BackendContract):
        @asynccontextmanager
        async def opened(self) -> AsyncIterator[Harness]:
            yield MyHarness(...)

Each promise opens a harness of its own and runs in a loop of its own: no plug-in is needed.
Assertions are shown in full if the package asks pytest to ``register_assert_rewrite`` this one.
"""

from __future__ import annotations

from espace_tui.testing.backend import BackendContract
from espace_tui.testing.harness import ANOTHER, SOMEONE, STRANGER, Harness, Person
from espace_tui.testing.store import StoreContract, StoreHarness

__all__ = [
    "ANOTHER",
    "SOMEONE",
    "STRANGER",
    "BackendContract",
    "Harness",
    "Person",
    "StoreContract",
    "StoreHarness",
]
