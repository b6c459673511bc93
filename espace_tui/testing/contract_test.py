"""How a promise is tested: a harness is opened for it, in a loop of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, Generic, TypeVar

H = TypeVar("H")
C = TypeVar("C", bound="OpensHarness[Any]")


class OpensHarness(Generic[H]):
    """A suite that can open a harness."""

    def opened(self) -> AbstractAsyncContextManager[H]:
        """Open a fresh harness: nothing has happened in it yet."""
        raise NotImplementedError


def contract_test(test: Callable[[C, H], Awaitable[None]]) -> Callable[[C], None]:
    """Make a test of a promise: it takes the harness that the suite opens."""

    def run(self: C) -> None:
        async def whole() -> None:
            async with self.opened() as harness:
                await test(self, harness)

        asyncio.run(whole())

    run.__name__, run.__doc__ = test.__name__, test.__doc__
    return run
