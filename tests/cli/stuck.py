"""The command line over a backend that never finishes closing, with little patience left."""

from __future__ import annotations

import asyncio

from espace_tui.cli import ending, main
from espace_tui.cli.late import Late


async def never(_self: Late) -> None:
    await asyncio.Event().wait()


if __name__ == "__main__":
    ending.PATIENCE = 0.3
    Late.aclose = never  # type: ignore[method-assign, assignment]
    main()
