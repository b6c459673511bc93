"""The PostgreSQL store: psycopg's pool, for any number of processes on any number of machines.

A connection that is lost before its ``COMMIT`` was sent did nothing: that is a `ConflictError`, and
the work is run again on another one, so that a restart or a failover shorter than the time limit
below is not noticed. If it is lost during the ``COMMIT``, nobody knows: `Unreachable`, and the
caller may retry. What the server answers becomes a code of `Unreachable` in
`espace_tui.activation.stores.postgres_sql`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil
from select import POLLIN, poll
from typing import Any, Self

from psycopg import AsyncConnection, AsyncCursor, AsyncRawCursor, OperationalError
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow, dict_row
from psycopg.types.numeric import Int8Dumper
from psycopg_pool import AsyncConnectionPool

from espace_tui.activation.stores.port import Row, Value, migrations
from espace_tui.activation.stores.postgres_sql import (
    domain_error,
    only_reads,
    storable,
    to_postgres,
)
from espace_tui.errors import Unreachable

Statement = tuple[str, dict[str, Value]]
PREPARED_FROM = 1
"""How often a statement is sent before the server prepares it."""
_PREPARED_MOST = 1_000
"""More than there are statements: none is dropped for another."""


class Connection(AsyncConnection[DictRow]):
    """A connection that knows whether it leads to the server itself, or to a pooler before it."""

    is_direct = False


Pool = AsyncConnectionPool[Connection]
_BEGIN: Statement = ("BEGIN", {})
_COMMIT: Statement = ("COMMIT", {})
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(:name, 0)) AS held"
_UNDER_WAY = (TransactionStatus.INTRANS, TransactionStatus.INERROR)
_LIMITS = """
SELECT set_config('statement_timeout', :statement, :local),
    set_config('lock_timeout', :lock, :local),
    set_config('idle_in_transaction_session_timeout', :idle, :local)
"""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait, in seconds: for a connection, a statement, a lock, an idle transaction."""

    connection: float = 3
    statement: float = 5
    lock: float = 2
    idle: float = 10

    def limits(self, local: str) -> Statement:
        """Return the statement that sets these limits, for a transaction or for a connection."""
        spans = {"statement": self.statement, "lock": self.lock, "idle": self.idle}
        values: dict[str, Value] = {name: f"{int(1000 * s)}" for name, s in spans.items()}
        return _LIMITS, values | {"local": local}


class PostgresTransaction:
    """One transaction, on a connection of its own from its first trip on.

    `opened` gives the pool. What the server says becomes `ConflictError` or `Unreachable` at the
    end.
    """

    def __init__(self, opened: Callable[[], Awaitable[Pool]], patience: Timeouts) -> None:
        self._opened = opened
        self._pool: Pool | None = None
        self._patience = patience
        self._connection: Connection | None = None
        self._queued: list[Statement] = []
        self._begun = False
        self._is_unsure = False
        """Whether a trip failed: nobody knows which of its statements the server has prepared."""
        self._is_committing = False
        """Whether the end is on its way: from then on, nobody knows what a silence means."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, _: object, error: BaseException | None, __: object) -> None:
        if error is None:
            try:
                await self._commit()
            except BaseException as failed:
                await self._fail(failed)
                raise
            await self._give_back()
        else:
            await self._fail(error)

    async def one(self, sql: str, **values: Value) -> Row | None:
        """Run a statement; return its first row, or None."""
        rows = await self.all(sql, **values)
        return rows[0] if rows else None

    async def all(self, sql: str, **values: Value) -> Sequence[Row]:
        """Run a statement; return its rows."""
        self._queued.append((sql, values))
        return await self._send()

    async def changes(self, sql: str, **values: Value) -> bool:
        """Return whether a row was changed."""
        return bool(await self.all(f"{sql} RETURNING 1 AS changed", **values))

    async def run(self, sql: str, **values: Value) -> None:
        """Queue a statement: it runs before the next answer, or at the end."""
        self._queued.append((sql, values))

    async def lock(self, *names: str) -> None:
        """Hold names until the end, in an order that is the same for everybody."""
        for name in sorted(names):
            await self.run(_LOCK, name=name)

    async def _commit(self) -> None:
        """Run what is queued, and commit."""
        if not self._queued and not self._begun:
            return
        self._is_committing = True
        await self._send()

    async def _fail(self, error: BaseException) -> None:
        await asyncio.shield(self._give_back())
        meant = domain_error(error, is_committing=self._is_committing)
        if meant:
            raise meant from error

    async def _give_back(self) -> None:
        """Let go of the connection; what was not committed is undone."""
        if self._connection is None or self._pool is None:
            return
        connection, self._connection = self._connection, None
        status = connection.info.transaction_status
        if self._is_unsure or status not in {*_UNDER_WAY, TransactionStatus.IDLE}:
            await connection.close()
        elif status in _UNDER_WAY:
            try:
                await connection.rollback()
            except OperationalError:
                await connection.close()
        await self._pool.putconn(connection)

    async def _send(self) -> Sequence[Row]:
        statements, self._queued = self._queued, []
        if self._connection is not None:
            return await self._trip(self._connection, statements)
        while True:
            self._connection = await self._taken()
            try:
                return await self._trip(self._connection, statements)
            except OperationalError:
                if self._is_committing or not self._connection.closed:
                    raise
                await self._give_back()
                self._begun = self._is_unsure = False

    async def _taken(self) -> Connection:
        """Take a connection whose server did not leave while nobody used it."""
        self._pool = pool = await self._opened()
        while is_stale(connection := await pool.getconn()):
            await connection.close()
            await pool.putconn(connection)
        return connection

    async def _trip(self, connection: Connection, statements: list[Statement]) -> Sequence[Row]:
        whole = [*self._beginning(connection, statements), *statements]
        if self._is_committing and self._begun:
            whole.append(_COMMIT)
        self._is_unsure = True
        rows = await trip(connection, whole)
        self._is_unsure = False
        return rows

    def _beginning(self, connection: Connection, statements: list[Statement]) -> list[Statement]:
        """Return what must go first: nothing for what is whole in one trip to the server itself."""
        is_direct = connection.is_direct
        only_looks = len(statements) == 1 and only_reads(statements[0][0])
        if self._begun or (is_direct and (self._is_committing or only_looks)):
            return []
        self._begun = True
        return [_BEGIN] if is_direct else [_BEGIN, self._patience.limits("on")]


async def configure(patience: Timeouts, connection: Connection) -> None:
    """Make a new connection ready: one to the server itself, whose process is the one we know.

    Only there do limits and prepared statements last from one transaction to the next.
    """
    connection.adapters.register_dumper(int, Int8Dumper)
    connection.prepare_threshold = None
    (row,) = await trip(connection, [("SELECT pg_backend_pid() AS pid", {})])
    if row["pid"] == connection.info.backend_pid:
        await trip(connection, [patience.limits("off")])
        connection.is_direct = True
        connection.prepare_threshold, connection.prepared_max = PREPARED_FROM, _PREPARED_MOST


def is_stale(connection: Connection) -> bool:
    """Tell whether an idle connection has something to read: usually that its server is gone."""
    waiting = poll()
    waiting.register(connection.fileno(), POLLIN)
    return bool(waiting.poll(0))


async def trip(connection: Connection, statements: Sequence[Statement]) -> Sequence[Row]:
    """Run statements in order, sent together; return the rows of the last one.

    Outside a transaction they are one of their own, committed whole or not at all: psycopg's
    pipeline ends with one synchronisation. Raises psycopg's `Error`: the first one of the server,
    or `OperationalError` when the connection is lost.
    """
    async with connection.pipeline():
        cursors = [await _execute(connection, *statement) for statement in statements]
    last = cursors[-1]
    return await last.fetchall() if last.description else []


async def _execute(
    connection: Connection, sql: str, values: dict[str, Value]
) -> AsyncCursor[DictRow]:
    text, names = to_postgres(sql)
    return await connection.execute(text, [_storable(values[name]) for name in names])


def _storable(value: Value) -> Value:
    return storable(value) if isinstance(value, str) else value


__all__ = ["PostgresStore", "Timeouts"]

_MIGRATING = 0x6573_7061_6365  # « espace »: the advisory lock of who migrates
_VERSION = "SELECT max(number) AS number FROM migration"
_CLOCK = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS DOUBLE PRECISION) AS second"
_IS_EMPTY = "SELECT to_regclass('migration') IS NULL AS empty"


class PostgresStore:
    """A store in a PostgreSQL database; `conninfo` is a URL or libpq's own words."""

    def __init__(
        self,
        conninfo: str,
        *,
        connections: int = 4,
        patience: Timeouts | None = None,
    ) -> None:
        self._conninfo = conninfo
        self._connections = connections
        self._patience = patience or Timeouts()
        self._opening = asyncio.Lock()
        self._pool: Pool | None = None
        self._given: dict[str, Any] = {
            "autocommit": True,
            "row_factory": dict_row,
            "cursor_factory": AsyncRawCursor,
            "client_encoding": "utf8",
            "application_name": "espace-tui",
            "connect_timeout": ceil(self._patience.connection),
            "keepalives_idle": 10,  # a server that is gone without a word is noticed in between
            "keepalives_interval": 3,
            "keepalives_count": 3,
            "tcp_user_timeout": int(self._patience.statement * 1000),
        }

    def transaction(self) -> PostgresTransaction:
        """Open a transaction: its first trip takes a connection of the pool."""
        return PostgresTransaction(self._opened, self._patience)

    async def migrate(self) -> None:
        """Bring the tables to the current version, one process at a time."""
        async with self.transaction() as tx:
            await tx.run("SET LOCAL statement_timeout = 0")
            await tx.run("SET LOCAL lock_timeout = 0")
            await tx.one("SELECT pg_advisory_xact_lock(:key) AS locked", key=_MIGRATING)
            await tx.run("CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY)")
            await _migrate(tx)
        await self.aclose()  # what was prepared before the tables changed is prepared anew

    async def version(self) -> int:
        """Return the number of the last migration applied, 0 for an empty database."""
        async with self.transaction() as tx:
            row = await tx.one(_IS_EMPTY)
            return 0 if row and row["empty"] else await _version(tx)

    async def clock(self) -> float | None:
        """Return the second of the server."""
        async with self.transaction() as tx:
            row = await tx.one(_CLOCK)
        return row["second"] if row else None

    async def aclose(self) -> None:
        """Close every connection."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await pool.close()

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
            configure=partial(configure, self._patience),
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
    [row] = await tx.all(_VERSION)
    return int(row["number"] or 0)


async def _migrate(tx: PostgresTransaction) -> None:
    done, known = await _version(tx), migrations("postgres")
    if done > known[-1][0]:
        raise Unreachable("store-newer")
    for number, statements in known:
        if number > done:
            for statement in statements:
                await tx.run(statement)
            await tx.run("INSERT INTO migration (number) VALUES (:number)", number=number)
