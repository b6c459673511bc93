"""One PostgreSQL transaction, in as few trips as it can be.

Statements that return nothing travel with the next one, or with the ``COMMIT``. Each statement sees
what is there when it runs (READ COMMITTED), so that a transaction need only begin with the first
one that writes: what is only read is one trip, without ``BEGIN`` nor ``COMMIT``.

That is for connections to the server itself: they keep its time limits and their prepared
statements. PgBouncer may stand in between, pooling by transaction: there nothing may be kept on a
connection, every transaction begins at once and sets its own limits (``SET LOCAL``).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection, AsyncCursor, OperationalError
from psycopg.errors import ReadOnlySqlTransaction
from psycopg.pq import TransactionStatus
from psycopg_pool import AsyncConnectionPool

from espace_tui.activation.store import Row, Value
from espace_tui.stores.postgres_words import only_reads, spoken, storable

Connection = AsyncConnection[dict[str, Any]]
Pool = AsyncConnectionPool[Connection]
Statement = tuple[str, dict[str, Value]]
_PREPARED_AFTER = 3
_PREPARED_MAX = 300
_LIMITS = """
SELECT set_config('statement_timeout', :statement, :local),
    set_config('lock_timeout', :lock, :local),
    set_config('idle_in_transaction_session_timeout', :idle, :local)
"""


@dataclass(frozen=True, slots=True)
class Patience:
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
    """One transaction, on a connection of its own from its first statement on."""

    def __init__(self, pool: Pool, patience: Patience) -> None:
        self._pool = pool
        self._patience = patience
        self._connection: Connection | None = None
        self._queued: list[Statement] = []
        self._begun = False
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
        if self._queued and self._connection is None:
            queued, self._queued = self._queued, []
            await self._send()  # begins: a connection found dead can still be changed for another
            self._queued = queued
        if self._queued or self._begun:
            self._queued.append(("COMMIT", {}))
            self.is_committing = True
            await self._send()

    async def give_back(self) -> None:
        """Let go of the connection; what was not committed is undone."""
        if self._connection is None:
            return
        connection, self._connection = self._connection, None
        status = connection.pgconn.transaction_status
        if status == TransactionStatus.INTRANS:
            try:
                await connection.execute("ROLLBACK")
            except OperationalError:
                await connection.close()
        elif status != TransactionStatus.IDLE:
            # What followed an error on its way to the server was never prepared there, although
            # psycopg counts it as prepared: such a connection is of no more use.
            await connection.close()
        await self._pool.putconn(connection)

    async def _send(self) -> Sequence[Row]:
        statements, self._queued = self._queued, []
        if self._connection is not None:
            return await self._trip(self._connection, statements)
        while True:
            self._connection = await self._pool.getconn()
            try:
                return await self._trip(self._connection, statements)
            except OperationalError:
                if not self._connection.closed:
                    raise
                await self.give_back()
                self._begun = False

    async def _trip(self, connection: Connection, statements: list[Statement]) -> Sequence[Row]:
        whole = [*self._beginning(connection, statements), *statements]
        together = connection.pipeline() if len(whole) > 1 else nullcontext()
        try:
            async with together:
                done = [await _execute(connection, *statement) for statement in whole]
        except ReadOnlySqlTransaction:
            await connection.close()  # a former primary: the next one is looked for anew
            raise
        told = done[-1].pgresult
        return await done[-1].fetchall() if told and told.nfields else []

    def _beginning(self, connection: Connection, statements: list[Statement]) -> list[Statement]:
        """Return what must go first: nothing for what only reads from the server itself."""
        is_direct = connection.prepare_threshold is not None
        if self._begun or (is_direct and len(statements) == 1 and only_reads(statements[0][0])):
            return []
        self._begun = True
        begin: Statement = ("BEGIN", {})
        return [begin] if is_direct else [begin, self._patience.limits("on")]


async def settle(patience: Patience, connection: Connection) -> None:
    """Make a new connection ready: one to the server itself, whose process is the one we know."""
    cursor = await connection.execute("SELECT pg_backend_pid() AS pid")
    row = await cursor.fetchone()
    if row and row["pid"] == connection.info.backend_pid:
        await _execute(connection, *patience.limits("off"))
        connection.prepare_threshold = _PREPARED_AFTER
        connection.prepared_max = _PREPARED_MAX


async def _execute(
    connection: Connection, sql: str, values: dict[str, Value]
) -> AsyncCursor[dict[str, Any]]:
    return await connection.execute(spoken(sql), storable(values))
