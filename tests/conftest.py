"""What every test may ask for: a throw-away PostgreSQL (`tests.postgres`); the order of tests."""

from __future__ import annotations

import os
import sys
from collections.abc import Generator

import pytest
from hypothesis import settings

from tests.postgres import cluster, database, migrated, own_cluster, postgres_store

__all__ = ["cluster", "database", "migrated", "own_cluster", "postgres_store"]

pytest.register_assert_rewrite("espace_tui.testing")  # the contract suites tell theirs in full too

settings.register_profile(
    "shared machine", deadline=None
)  # an import would count for the first text
settings.load_profile("shared machine")

_FIRST = ("walks", "backends", "service", "operating", "app", "linear", "crash", "activation")
"""The folders of long files, given out first: no core waits for the last of them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the tests by folder; within one, as they were."""
    order = {name: place for place, name in enumerate(_FIRST)}
    items.sort(key=lambda item: min(order.get(part, len(order)) for part in item.nodeid.split("/")))


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Let `no_cover` be so in a worker and in what a test starts, where coverage begins again."""
    measuring = sys.gettrace()
    begins = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_P")}
    if item.get_closest_marker("no_cover"):
        sys.settrace(None)
        for name in begins:
            del os.environ[name]
    try:
        yield
    finally:
        sys.settrace(measuring)
        os.environ.update(begins)
