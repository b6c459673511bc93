"""Fixtures of what an operator runs: several processes' worth of rules over one PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from espace_tui.activation.context import ServiceContext
from espace_tui.activation.crypto.hasher import Hasher
from espace_tui.activation.crypto.keys import open_keys
from espace_tui.activation.rules import Rules
from espace_tui.activation.stores.postgres import PostgresStore
from espace_tui.clock import MovableClock
from espace_tui.local import private_files
from espace_tui.model.policy import GUIDE_2022
from tests.activation.mail.deliveries.mail_server import Mailbox, mail_server
from tests.activation.world import QUICK, START, MemoryDelivery, World
from tests.operating.program import Operator
from tests.postgres import Cluster


@pytest.fixture
async def worlds(database: str, tmp_path: Path) -> AsyncIterator[list[World]]:
    """Three processes over one database, with the same keys and the same clock."""
    clock, keys = (
        MovableClock(START),
        open_keys(private_files.ensure_folder(tmp_path / "data") / "keys.json"),
    )
    made = [
        World(
            Rules(
                ServiceContext(
                    PostgresStore(database), keys, Hasher(keys, QUICK), clock, GUIDE_2022
                )
            ),
            clock,
            MemoryDelivery(),
        )
        for _ in range(3)
    ]
    yield made
    for world in made:
        await world.rules.aclose()


@pytest.fixture
async def mailbox(tmp_path: Path) -> AsyncIterator[Mailbox]:
    """A mail server with STARTTLS and a password."""
    async with mail_server(tmp_path) as made:
        yield made


@pytest.fixture
def operator(
    tmp_path: Path, cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> Iterator[Operator]:
    """An operator whose database is empty."""
    made = cluster.new_database()
    yield Operator(tmp_path, made, capsys)
    cluster.drop(made)
