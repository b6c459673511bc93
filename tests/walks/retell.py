"""Writes again what every walk tells: ``python -m tests.walks.retell``; read the diff."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.counter.told import CASES_TOLD, VISITS, case_told, visit_told, waiting_told
from tests.walks import plain
from tests.walks.catalogue import TOLD, WALKS
from tests.walks.guide_catalogue import GUIDE_WALKS
from tests.walks.guide_world import guide_told
from tests.walks.told import FILES, Told, path
from tests.walks.told_catalogue import TOLD_WALKS
from tests.walks.worlds import embedded


async def _every(folder: Path) -> AsyncIterator[tuple[str, str]]:
    for number, walk in enumerate(walk for walk in WALKS if walk.name in TOLD):
        told = Told()
        async with embedded(folder / str(number), walk) as world:
            await plain.play(walk, world, told)
        yield walk.name, told.text
    for walk in (*GUIDE_WALKS, *TOLD_WALKS):
        yield f"guide {walk.name}", await guide_told(walk)
    for walk in VISITS:
        yield f"visit {walk.name}", await visit_told(walk)
    yield "visit before", await waiting_told()
    for case in CASES_TOLD:
        yield f"exercise {case}", await case_told(case, folder / case)


async def _write() -> None:
    FILES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        async for name, text in _every(Path(folder)):
            path(name).write_text(text, "utf-8")


if __name__ == "__main__":
    asyncio.run(_write())
