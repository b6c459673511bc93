"""The HTTP backend and the service keep the contract of every backend, over either engine."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from typing_extensions import override

from espace_tui.testing import BackendContract, Harness
from tests.backends.http.harness import over_http


class TestOverHttp(BackendContract):
    @pytest.fixture(autouse=True)
    def somewhere(self, tmp_path: Path) -> None:
        self.folder = tmp_path

    @override
    def opened(self) -> AbstractAsyncContextManager[Harness]:
        return over_http(self.folder)


class TestOverHttpAndPostgres(BackendContract):
    @pytest.fixture(autouse=True)
    def somewhere(self, tmp_path: Path, database: str) -> None:
        self.folder = tmp_path
        self.database = database

    @override
    def opened(self) -> AbstractAsyncContextManager[Harness]:
        return over_http(self.folder, self.database)
