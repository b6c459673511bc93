"""The PostgreSQL store: psycopg's pool, for any number of processes on any number of machines.

A connection that is lost before its ``COMMIT`` was sent did nothing: that is a `Conflict`, and the
work is run again on another one, so that a restart or a failover shorter than the patience below
is not even seen. Lost during the ``COMMIT``, nobody knows: `Unreachable`, and whoever asked may ask
again. What the server says becomes a code of `Unreachable` in `espace_tui.stores.postgres_words`.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from psycopg_pool import AsyncConnectionPool

from espace_tui.activation.store import migrations
from espace_tui.errors import Unreachable
from espace_tui.stores.postgres_transaction import (
    Patience,
    Pool,
    PostgresTransaction,
    settle,
)
from espace_tui.stores.postgres_trip import Connection

__all__ = ["Patience", "PostgresStore"]

_MIGRATING = 0x6573_7061_6365  # « espace »: the advisory lock of who migrates
_VERSION = "SELECT max(number) AS number FROM migration"
_IS_EMPTY = "SELECT to_regclass('migration') IS NULL AS empty"


class PostgresStore:
    """A store in a PostgreSQL database; `conninfo` is a URL or libpq's own words."""

    def __init__(
        self,
        conninfo: str,
        *,
        connections: int = 4,
        patience: Patience | None = None,
    ) -> None:
        self._conninfo = conninfo
        self._connections = connections
        self._patience = patience or Patience()
        self._opening = asyncio.Lock()
        self._pool: Pool | None = None
        self._given: dict[str, Any] = {
            "autocommit": True,
            "client_encoding": "utf8",
            "application_name": "espace-tui",
            "connect_timeout": max(2, int(self._patience.connection)),
            "keepalives_idle": 10,  # a server that is gone without a word is noticed in between
            "keepalives_interval": 3,
            "keepalives_count": 3,
            "tcp_user_timeout": int(self._patience.statement * 1000),
        }

    def transaction(self, *, hopeful: bool = False) -> PostgresTransaction:
        """Open a transaction: its first trip takes a connection of the pool."""
        return PostgresTransaction(self._opened, self._patience, is_hopeful=hopeful)

    async def migrate(self) -> None:
        """Bring the tables to the present version, one process at a time."""
        async with self.transaction() as tx:
            await tx.run("SET LOCAL statement_timeout = 0")
            await tx.run("SET LOCAL lock_timeout = 0")
            await tx.one("SELECT pg_advisory_xact_lock(:key) AS locked", key=_MIGRATING)
            await tx.run("CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY)")
            await _migrate(tx)

    async def version(self) -> int:
        """Return the number of the last migration applied, 0 for an empty database."""
        async with self.transaction() as tx:
            row = await tx.one(_IS_EMPTY)
            return 0 if row and row["empty"] else await _version(tx)

    async def aclose(self) -> None:
        """Close every connection."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None

    async def _opened(self) -> Pool:
        if self._pool is None:
            async with self._opening:
                if self._pool is None:
                    self._pool = await self._open()
        return self._pool

    async def _open(self) -> Pool:
        pool = AsyncConnectionPool(
            self._conninfo,
            connection_class=Connection,
            kwargs=self._given,
            configure=partial(settle, self._patience),
            open=False,
            min_size=1,
            max_size=self._connections,
            max_waiting=32 * self._connections,
            timeout=self._patience.connection,
            reconnect_timeout=1,  # beyond, the next to ask tries anew: no growing waits
            max_lifetime=1800,
        )
        await pool.open()
        return pool


async def _version(tx: PostgresTransaction) -> int:
    row = await tx.one(_VERSION)
    return int(row["number"] or 0) if row else 0


async def _migrate(tx: PostgresTransaction) -> None:
    done, known = await _version(tx), migrations("postgres")
    if done > known[-1][0]:
        raise Unreachable("store-newer")
    for number, statements in known:
        if number > done:
            for statement in statements:
                await tx.run(statement)
            await tx.run("INSERT INTO migration (number) VALUES (:number)", number=number)
