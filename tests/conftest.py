"""What every test may ask for: a throw-away PostgreSQL (`tests.postgres`); the order of tests."""

from __future__ import annotations

import gc
import os
import sys
import threading
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

UNMEASURED = (
    "app/test_first_paint",
    "app/test_shortcuts",
    "backends/http/test_faults",
    "backends/http/test_keeps_the_contract",
    "cli/test_hardening",
    "cli/test_journey",
    "cli/test_places",
    "counter/test_computer",
    "counter/test_idle",
    "guide/message/test_letters",
    "guide/site/",
    "guide/test_proposals",
    "i18n/",
    "journey/steps/test_said",
    "linear/test_every_step",
    "linear/test_walks",
    "local/test_gnome_keyring",
    "operating/test_backup",
    "operating/test_campaign",
    "operating/test_processes",
    "screens/test_buttons",
    "screens/test_content",
    "screens/test_cursor",
    "screens/test_enter",
    "screens/test_help",
    "service/test_problems",
    "service/test_processes",
    "service/test_requests",
    "walks/",
)
"""Long files whose lines others meet too: unmeasured, a test is twice as quick."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Order the tests by folder; within one, as they were. Mark what is not to be measured."""
    for item in items if config.getoption("--cov") else ():
        if item.nodeid.removeprefix("tests/").startswith(UNMEASURED):
            item.add_marker("no_cover")
    order = {name: place for place, name in enumerate(_FIRST)}
    items.sort(key=lambda item: min(order.get(part, len(order)) for part in item.nodeid.split("/")))


def pytest_collection_finish() -> None:
    """Look for garbage less often, and not in what is imported: it took a tenth of the time.

    Not as the product does once it is in use, which then looks for all of it after each step.
    """
    gc.freeze()
    gc.set_threshold(20_000)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Let `no_cover` be so in a worker and in what a test starts, where coverage begins again."""
    measuring, measuring_threads = sys.gettrace(), threading.gettrace()
    begins = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_P")}
    if item.get_closest_marker("no_cover"):
        sys.settrace(None)
        threading.settrace(None)
        for name in begins:
            del os.environ[name]
    try:
        yield
    finally:
        sys.settrace(measuring)
        threading.settrace(measuring_threads)
        os.environ.update(begins)
