"""What every test may ask for: a throw-away PostgreSQL (`tests.postgres`)."""

from __future__ import annotations

import sys
from collections.abc import Generator

import pytest

from tests.postgres import cluster, database, migrated, own_cluster, postgres_store

__all__ = ["cluster", "database", "migrated", "own_cluster", "postgres_store"]


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Let `no_cover` be so in a worker too, where coverage is begun more than once."""
    measuring = sys.gettrace()
    if item.get_closest_marker("no_cover"):
        sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(measuring)
