"""A real PgBouncer in between, pooling by transaction: many clients over three connections."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from espace_tui.activation.stores.postgres import PostgresStore, Timeouts
from espace_tui.errors import Unreachable
from tests.postgres import Cluster, unprivileged

PORT = 6543
PROGRAM = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
SETTINGS = """
[databases]
* = host={server} port=5432
[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
auth_type = trust
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = 3
logfile = {folder}/log
"""
ADD = """
INSERT INTO mark (name, value) VALUES ('count', '1')
ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(mark.value AS BIGINT) + 1 AS TEXT)
RETURNING value
"""

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="pgbouncer is not on this machine")


@pytest.fixture
def bouncer(cluster: Cluster, database: str) -> Iterator[str]:
    """The address of a fresh database, behind a PgBouncer."""
    with tempfile.TemporaryDirectory(prefix="espace-pgb-") as name:
        folder, user = Path(name), unprivileged()
        settings = SETTINGS.format(server=cluster.folder, port=PORT, folder=folder)
        (folder / "ini").write_text(settings, "utf-8")
        (folder / "users").write_text('"espace" ""\n', "utf-8")
        if user is not None:
            os.chown(folder, user, -1)
        with subprocess.Popen([str(PROGRAM), folder / "ini"], user=user) as process:
            address = database.replace(str(cluster.folder), f"{folder}&port={PORT}")
            try:
                wait_for(address)
                yield address
            finally:
                process.terminate()


def wait_for(address: str) -> None:
    ends = time.monotonic() + 20
    while True:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            assert time.monotonic() < ends, "pgbouncer did not start"
            time.sleep(0.02)
        else:
            return


async def test_many_clients_share_few_connections(bouncer: str) -> None:
    stores = [PostgresStore(bouncer, connections=8) for _ in range(3)]

    async def add(store: PostgresStore) -> None:
        async with store.transaction() as tx:
            await tx.one(ADD)
            await tx.run("UPDATE mark SET value = value WHERE name = 'nobody'")

    await asyncio.gather(*(add(store) for store in stores for _ in range(50)))
    async with stores[0].transaction() as tx:
        row = await tx.one("SELECT value FROM mark WHERE name = 'count'")
        prepared = await tx.all("SELECT statement FROM pg_prepared_statements")
    assert (row, prepared) == ({"value": "150"}, [])
    for store in stores:
        await store.aclose()


async def test_the_time_limits_are_those_of_each_transaction(bouncer: str) -> None:
    hasty, patient = (
        PostgresStore(bouncer, patience=Timeouts(statement=0.1)),
        PostgresStore(bouncer),
    )

    async def sleep(store: PostgresStore) -> None:
        async with store.transaction() as tx:
            await tx.one("SELECT CAST(pg_sleep(0.3) AS TEXT) AS slept")

    for _ in range(3):
        with pytest.raises(Unreachable):
            await sleep(hasty)
        await sleep(patient)
    await hasty.aclose()
    await patient.aclose()
