"""Both stores keep the contract of every store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from typing_extensions import override

from espace_tui.activation.stores.port import Store
from espace_tui.activation.stores.postgres import PostgresStore
from espace_tui.activation.stores.sqlite import SqliteStore
from espace_tui.testing import StoreContract, StoreHarness
from tests.postgres import Cluster


class OneFile:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.store: Store = SqliteStore(path)

    async def another(self) -> Store:
        return SqliteStore(self.path)


class OneDatabase:
    def __init__(self, address: str) -> None:
        self.address = address
        self.store: Store = PostgresStore(address)

    async def another(self) -> Store:
        return PostgresStore(self.address)


@asynccontextmanager
async def closing(house: OneFile | OneDatabase) -> AsyncIterator[StoreHarness]:
    try:
        yield house
    finally:
        await house.store.aclose()


class TestSqlite(StoreContract):
    @pytest.fixture(autouse=True)
    def somewhere(self, tmp_path: Path) -> None:
        self.path = tmp_path / "data" / "espace.db"

    @override
    def opened(self) -> AbstractAsyncContextManager[StoreHarness]:
        return closing(OneFile(self.path))


class TestPostgres(StoreContract):
    @pytest.fixture(autouse=True)
    def somewhere(self, cluster: Cluster) -> None:
        self.address = cluster.new_database()

    @override
    def opened(self) -> AbstractAsyncContextManager[StoreHarness]:
        return closing(OneDatabase(self.address))
