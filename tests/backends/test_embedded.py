"""The embedded backend keeps the contract of every backend, and leaves nothing open behind it."""

from __future__ import annotations

import threading
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from typing_extensions import override

from espace_tui.backends.embedded import EmbeddedBackend
from espace_tui.errors import Unreachable
from espace_tui.testing import BackendContract, Harness
from espace_tui.testing.harness import SOMEONE
from tests.activation.world import QUICK
from tests.backends.worlds import embedded


class TestEmbedded(BackendContract):
    @pytest.fixture(autouse=True)
    def somewhere(self, tmp_path: Path) -> None:
        self.folder = tmp_path

    @override
    def opened(self) -> AbstractAsyncContextManager[Harness]:
        return embedded(self.folder)


def store_threads() -> set[threading.Thread]:
    return {found for found in threading.enumerate() if found.name.startswith("sqlite")}


def ended(thread: threading.Thread) -> bool:
    """Tell whether a thread has ended: one that was told to takes a moment."""
    thread.join(5)
    return not thread.is_alive()


def delivered(folder: Path) -> list[Path]:
    return [found for found in folder.glob("data/inbox/**/*") if found.is_file()]


async def test_closing_ends_the_thread_of_the_store_and_closes_its_file(tmp_path: Path) -> None:
    before, backend = store_threads(), EmbeddedBackend(tmp_path / "data", cost=QUICK)
    rules = await backend.rules()
    (thread,) = store_threads() - before
    assert await rules.context.store.version()
    await backend.aclose()
    assert ended(thread)
    assert not (tmp_path / "data" / "espace.db-wal").exists(), "SQLite removes it on a clean close"


async def test_an_opening_that_fails_leaves_nothing_open(tmp_path: Path) -> None:
    async with embedded(tmp_path) as harness:
        await harness.invite(SOMEONE)
    (tmp_path / "data" / "keys.json").unlink()
    before, backend = store_threads(), EmbeddedBackend(tmp_path / "data", cost=QUICK)
    with pytest.raises(Unreachable) as caught:
        await backend.rules()
    assert caught.value.code == "other-keys"
    assert all(map(ended, store_threads() - before))


async def test_a_message_leaves_with_the_call_that_causes_it(tmp_path: Path) -> None:
    async with embedded(tmp_path) as harness:
        await harness.invite(SOMEONE)
        assert len(delivered(tmp_path)) == 1


async def test_a_message_that_cannot_leave_waits_and_the_call_succeeds(tmp_path: Path) -> None:
    inbox = tmp_path / "data" / "inbox"
    inbox.parent.mkdir(mode=0o700)
    inbox.write_text("not a folder")
    async with embedded(tmp_path) as harness:
        await harness.invite(SOMEONE)
        inbox.unlink()
        assert len(await harness.letters(SOMEONE)) == 1
