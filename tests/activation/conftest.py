"""Fixtures of the rules: a service over SQLite, and one over each engine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from espace_tui.activation.stores.postgres import PostgresStore
from tests.activation.world import World, opened


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A service with nobody in it."""
    async with opened(tmp_path / "data") as made:
        yield made


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest) -> str | None:
    """The address of a fresh database, or None for a file."""
    return request.getfixturevalue("database") if request.param == "postgres" else None


@pytest.fixture
async def either(address: str | None, tmp_path: Path) -> AsyncIterator[World]:
    """A service with nobody in it, on each engine."""
    store = PostgresStore(address) if address else None
    async with opened(tmp_path / "data", store=store) as made:
        yield made
