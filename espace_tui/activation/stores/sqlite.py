"""The SQLite store: the standard library's sqlite3, one connection, and a thread where it waits.

WAL and ``synchronous=FULL``: what was acknowledged survives a power cut. ``secure_delete``: what
was erased is gone from the file. The file is 0600 in a 0700 folder; several processes may share it.
A transaction takes the writer's lock when it starts (``BEGIN IMMEDIATE``). Another's lock and the
disk are waited for in the thread: the loop goes on. What is between, in memory, costs less than a
trip to the thread and is done where it is asked (`docs/decisions/0014-sqlite-trips.md`).

What SQLite says becomes one of the codes of `Unreachable`, and the transaction is undone.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TypeVar

from espace_tui.activation.stores.port import ConflictError, Row, Value, migrations
from espace_tui.errors import Unreachable
from espace_tui.local import private_files
from espace_tui.local.private_files import refuse_unusable

T = TypeVar("T")
_BUSY_SECONDS = 5.0
_AGAIN_SECONDS = 0.01
_IMPATIENT = "PRAGMA busy_timeout = 0"
_PRAGMAS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA foreign_keys = ON",
    # A log left by a killed process still holds what was erased. Nobody is waited for: who uses the
    # file empties the log at the end, and two that wait for each other here stop all the others.
    _IMPATIENT,
    "PRAGMA wal_checkpoint(TRUNCATE)",
)
_CODES = {
    sqlite3.SQLITE_BUSY: "store-locked",
    sqlite3.SQLITE_READONLY: "store-read-only",
    sqlite3.SQLITE_PERM: "store-read-only",
    sqlite3.SQLITE_CANTOPEN: "store-read-only",
    sqlite3.SQLITE_IOERR: "store-failing",
    sqlite3.SQLITE_FULL: "store-full",
    sqlite3.SQLITE_CORRUPT: "store-corrupt",
    sqlite3.SQLITE_NOTADB: "store-corrupt",
}
_UNDONE = (sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE)


class SqliteStore:
    """A store in one file."""

    def __init__(self, path: Path, busy_seconds: float = _BUSY_SECONDS) -> None:
        self._path = path
        self._busy_seconds = busy_seconds
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")
        self._turn = asyncio.Lock()
        self._connection: sqlite3.Connection | None = None

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[SqliteTransaction]:
        """Open a transaction; others of this process wait for their turn."""
        async with self._turn:
            try:
                if self._connection is None or not self._told(self._begun_at_once):
                    await self._call(_begin)
                yield SqliteTransaction(self._told)
                await self._call(_commit)
            except BaseException:
                await asyncio.shield(self._in_thread(self._undo))
                raise

    async def migrate(self) -> None:
        """Bring the tables to the current version; raises `Unreachable("store-newer")`."""
        async with self._turn:
            await self._call(_migrate)

    async def version(self) -> int:
        """Return the number of the last migration applied."""
        async with self._turn:
            return await self._call(_version)

    async def clock(self) -> None:
        """Return nothing: a file has no clock."""

    async def aclose(self) -> None:
        """Close the file and let the thread end."""
        if self._connection is not None:
            await self._in_thread(self._connection.close)
            self._connection = None
        self._thread.shutdown(wait=False)

    async def _call(self, work: Callable[[sqlite3.Connection], T]) -> T:
        return await self._in_thread(lambda: self._told(work))

    async def _in_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _told(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return work(self._connection or self._open())
        except sqlite3.DatabaseError as error:
            whole = getattr(error, "sqlite_errorcode", 0)
            if whole in _UNDONE:
                raise ConflictError from error
            code = whole & 0xFF
            if code not in _CODES:
                raise
            if code == sqlite3.SQLITE_CANTOPEN:
                refuse_unusable(self._path)
            raise Unreachable(_CODES[code], path=str(self._path)) from error

    def _begun_at_once(self, connection: sqlite3.Connection) -> bool:
        """Begin a transaction if nothing is to be waited for."""
        connection.execute(_IMPATIENT)
        with suppress(sqlite3.OperationalError):
            connection.execute("BEGIN IMMEDIATE")
        self._be_patient(connection)
        return connection.in_transaction

    def _be_patient(self, connection: sqlite3.Connection) -> None:
        connection.execute(f"PRAGMA busy_timeout = {self._busy_seconds * 1000:.0f}")

    def _undo(self) -> None:
        if self._connection is not None and self._connection.in_transaction:
            self._connection.rollback()

    def _open(self) -> sqlite3.Connection:
        private_files.ensure_folder(self._path.parent)
        private_files.ensure_file(self._path)
        for companion in ("-wal", "-shm"):
            private_files.refuse_loose(self._path.with_name(self._path.name + companion))
        connection = sqlite3.connect(
            self._path, timeout=self._busy_seconds, isolation_level=None, check_same_thread=False
        )
        connection.row_factory = sqlite3.Row
        try:
            self._to_wal(connection)
            for pragma in _PRAGMAS:
                connection.execute(pragma)
            self._be_patient(connection)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _to_wal(self, connection: sqlite3.Connection) -> None:
        """Turn a new file to WAL; where another process is doing it, wait as for any lock.

        Two that both read the header and want to change it would wait for each other for ever: here
        SQLite refuses one at once, whatever `timeout` says, and leaves it to try again.
        """
        until = time.monotonic() + self._busy_seconds
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(_AGAIN_SECONDS)
            else:
                return


class SqliteTransaction:
    """One transaction in progress."""

    def __init__(
        self, told: Callable[[Callable[[sqlite3.Connection], list[Row]]], list[Row]]
    ) -> None:
        self._told = told

    async def one(self, sql: str, **values: Value) -> Row | None:
        """Run a statement; return its first row, or None."""
        rows = await self.all(sql, **values)
        return rows[0] if rows else None

    async def all(self, sql: str, **values: Value) -> Sequence[Row]:
        """Run a statement; return its rows."""
        return self._told(lambda connection: [dict(row) for row in connection.execute(sql, values)])

    async def changes(self, sql: str, **values: Value) -> bool:
        """Run a statement that writes; tell whether it changed a row."""
        return bool(await self.all(f"{sql} RETURNING 1", **values))

    async def run(self, sql: str, **values: Value) -> None:
        """Run a statement for its effect."""
        await self.all(sql, **values)

    async def lock(self, *names: str) -> None:
        """Do nothing: a transaction holds the whole file from its beginning."""


def _begin(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")


def _commit(connection: sqlite3.Connection) -> None:
    connection.execute("COMMIT")


def _version(connection: sqlite3.Connection) -> int:
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    return int(number)


def _migrate(connection: sqlite3.Connection) -> None:
    known = migrations("sqlite")
    if _version(connection) > known[-1][0]:
        raise Unreachable("store-newer")
    if _version(connection) == known[-1][0]:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for number, statements in known:
            if number > _version(connection):
                for statement in statements:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        connection.rollback()
        if error.sqlite_errorcode == sqlite3.SQLITE_ERROR:  # tables that are not ours
            raise Unreachable("store-corrupt") from error
        raise
