"""The PostgreSQL store: psycopg's pool, for any number of processes on any number of machines.

A transaction sets its own time limits (``SET LOCAL``) and keeps nothing on its connection, so that
PgBouncer may stand in between, pooling by transaction. Where the server itself is at the other end,
statements are prepared: it spends half the time on them. Statements that return nothing travel with
the next one, or with the ``COMMIT``: a step costs few trips.

A connection that is lost before its ``COMMIT`` was sent did nothing: that is a `Conflict`, and the
work is run again on another one, so that a restart or a failover shorter than the patience below
is not even seen. Lost during the ``COMMIT``, nobody knows: `Unreachable`, and whoever asked may ask
again. What the server says becomes a code of `Unreachable` in `espace_tui.stores.postgres_words`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection, AsyncCursor, OperationalError
from psycopg.errors import ReadOnlySqlTransaction
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

from espace_tui.activation.store import Row, Value, migrations
from espace_tui.errors import Unreachable
from espace_tui.stores.postgres_words import spoken, storable, told

Connection = AsyncConnection[dict[str, Any]]
Pool = AsyncConnectionPool[Connection]
_MIGRATING = 0x6573_7061_6365  # « espace »: the advisory lock of who migrates
_PREPARED_AFTER = 3
_PREPARED_MAX = 300
_VERSION = "SELECT max(number) AS number FROM migration"
_IS_EMPTY = "SELECT to_regclass('migration') IS NULL AS empty"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds: for a connection, a statement, a lock, an idle transaction."""

    connection: float = 3
    statement: float = 5
    lock: float = 2
    idle: float = 10

    def begin(self) -> bytes:
        """Return the statements that open a transaction with these limits."""
        limits = {
            "statement_timeout": self.statement,
            "lock_timeout": self.lock,
            "idle_in_transaction_session_timeout": self.idle,
        }
        local = "".join(f"; SET LOCAL {name} = {int(1000 * s)}" for name, s in limits.items())
        return f"BEGIN{local}".encode()


class PostgresStore:
    """A store in a PostgreSQL database; `conninfo` is a URL or libpq's own words."""

    def __init__(
        self,
        conninfo: str,
        *,
        connections: int = 8,
        patience: Patience | None = None,
    ) -> None:
        self._patience = patience or Patience()
        self._begin = self._patience.begin()
        self._opening = asyncio.Lock()
        self._pool: Pool | None = None
        self._connections = connections
        self._conninfo = conninfo
        self._given: dict[str, Any] = {
            "autocommit": True,
            "prepare_threshold": None,
            "row_factory": dict_row,
            "application_name": "espace-tui",
            "connect_timeout": max(2, int(self._patience.connection)),
            "tcp_user_timeout": int(self._patience.statement * 1000),
        }

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[PostgresTransaction]:
        """Open a transaction on a connection of the pool."""
        pool = await self._opened()
        connection = await self._begun(pool)
        transaction = PostgresTransaction(connection)
        try:
            with told(lambda: transaction.is_committing):
                yield transaction
                await transaction.commit()
        except BaseException:
            await asyncio.shield(_give_back(pool, connection))
            raise
        await pool.putconn(connection)

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
            configure=_prepare_where_direct,
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

    async def _begun(self, pool: Pool) -> Connection:
        """Return a connection in a fresh transaction; those found dead are left behind."""
        with told():
            while True:
                connection = await pool.getconn()
                try:
                    await connection.execute(self._begin)
                except BaseException as error:
                    await asyncio.shield(_give_back(pool, connection))
                    if not (isinstance(error, OperationalError) and connection.closed):
                        raise
                else:
                    return connection


class PostgresTransaction:
    """One transaction, already begun."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._queued: list[tuple[str, dict[str, Value]]] = []
        self.is_committing = False
        """Whether the `COMMIT` is on its way: from then on, nobody knows what a silence means."""

    async def one(self, sql: str, **values: Value) -> Row | None:
        """Run a statement; return its first row, or None."""
        rows = await self.all(sql, **values)
        return rows[0] if rows else None

    async def all(self, sql: str, **values: Value) -> Sequence[Row]:
        """Run a statement; return its rows."""
        self._queued.append((sql, values))
        return await self._send()

    async def run(self, sql: str, **values: Value) -> None:
        """Queue a statement: it runs before the next answer, or at the end."""
        self._queued.append((sql, values))

    async def commit(self) -> None:
        """Run what is queued and keep everything."""
        self._queued.append(("COMMIT", {}))
        self.is_committing = True
        await self._send()

    async def _send(self) -> Sequence[Row]:
        statements, self._queued = self._queued, []
        trip = self._connection.pipeline() if len(statements) > 1 else nullcontext()
        try:
            async with trip:
                done = [await self._execute(sql, values) for sql, values in statements]
        except ReadOnlySqlTransaction:
            await self._connection.close()  # a former primary: the next one is looked for anew
            raise
        return await done[-1].fetchall() if done[-1].description else []

    async def _execute(self, sql: str, values: dict[str, Value]) -> AsyncCursor[dict[str, Any]]:
        return await self._connection.execute(spoken(sql), storable(values))


async def _prepare_where_direct(connection: Connection) -> None:
    """Prepare statements on a connection to the server itself: whose process is the one we know."""
    cursor = await connection.execute("SELECT pg_backend_pid() AS pid")
    row = await cursor.fetchone()
    if row and row["pid"] == connection.info.backend_pid:
        connection.prepare_threshold = _PREPARED_AFTER
        connection.prepared_max = _PREPARED_MAX


async def _give_back(pool: Pool, connection: Connection) -> None:
    if connection.pgconn.transaction_status in _OPEN:
        try:
            await connection.execute("ROLLBACK")
        except OperationalError:
            await connection.close()
    await pool.putconn(connection)


_OPEN = (TransactionStatus.INTRANS, TransactionStatus.INERROR)


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
