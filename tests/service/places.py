"""Fixtures: a town, its service on loopback, and a bare client of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx2
import pytest

from tests.service.serving import in_thread
from tests.service.town import ServiceWorld, open_world


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[ServiceWorld]:
    town = await open_world(tmp_path)
    yield town
    await town.rules.aclose()


@pytest.fixture
def port(town: ServiceWorld) -> Iterator[int]:
    with in_thread(town.options) as port:
        yield port


@pytest.fixture
async def asking(port: int) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
        yield client
