"""The command line over a backend that never finishes closing, with little patience left."""

from __future__ import annotations

import asyncio

from espace_tui.cli import main
from espace_tui.cli.lazy_backend import LazyBackend
from espace_tui.cli.process import signals


async def never(_self: LazyBackend) -> None:
    await asyncio.Event().wait()


if __name__ == "__main__":
    signals.GRACE_SECONDS = 0.3
    LazyBackend.aclose = never  # type: ignore[method-assign, assignment] # it never closes
    main()
