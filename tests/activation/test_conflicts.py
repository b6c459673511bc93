"""A transaction the engine keeps undoing ends in words, and a store is known by its keys again."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import cast

import pytest
from typing_extensions import override

from espace_tui.activation.hasher import Hasher
from espace_tui.activation.keys import open_keys, refuse_other_keys
from espace_tui.activation.means import Means
from espace_tui.activation.store import Conflict, Store, Transaction
from espace_tui.clock import SystemClock
from espace_tui.errors import Unreachable
from espace_tui.policy import GUIDE_2022
from espace_tui.stores.sqlite import SqliteStore
from tests.walks.worlds import QUICK


class Undone(AbstractAsyncContextManager[Transaction]):
    """A transaction that the engine undoes in favour of another."""

    @override
    async def __aenter__(self) -> Transaction:
        raise Conflict

    @override
    async def __aexit__(self, *_: object) -> None:
        """There was nothing to end."""


class Undoing:
    """A store whose engine prefers everybody else's transactions."""

    def transaction(self) -> Undone:
        """Begin one."""
        return Undone()


async def nothing(_tx: Transaction) -> None:
    """Do nothing."""


async def test_a_transaction_always_undone_is_told(tmp_path: Path) -> None:
    keys = open_keys(tmp_path / "keys.json")
    means = Means(cast("Store", Undoing()), keys, Hasher(keys, QUICK), SystemClock(), GUIDE_2022)
    with pytest.raises(Unreachable) as error:
        await means.act(nothing)
    assert error.value.code == "store-locked"
    await means.hasher.aclose()


async def test_a_store_knows_its_keys_again(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "espace.db")
    await store.migrate()
    keys = open_keys(tmp_path / "keys.json")
    await refuse_other_keys(store, keys)
    await refuse_other_keys(store, keys)
    await store.aclose()
