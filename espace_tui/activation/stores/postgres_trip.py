"""One trip to PostgreSQL: statements leave together, their answers come back together.

They travel as libpq's pipeline does, with one Sync at the end: what is not in a transaction begun
before is one of its own, kept whole or not at all. psycopg's cursors are made for every use; driven
for each statement, they cost more than all the rest of a step (docs/decisions/0015-trips.md). What
is used here is psycopg's own access to libpq, `psycopg.pq`.

Values travel as text: `str` of the type the statement wants, `int` as a BIGINT.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from select import POLLIN, poll
from typing import Any

from psycopg import AsyncConnection, OperationalError
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus
from psycopg.pq.abc import PGconn, PGresult

from espace_tui.activation.stores.port import Row, Value
from espace_tui.activation.stores.postgres_sql import storable, to_postgres

Statement = tuple[str, dict[str, Value]]
_BIGINT = 20
_READERS: dict[int, Callable[[bytes], object]] = {
    16: lambda told: told == b"t",
    20: int,
    21: int,
    23: int,
}
_TEXT: Callable[[bytes], object] = bytes.decode


class Connection(AsyncConnection[Any]):
    """A connection that remembers what is prepared on it, by its text.

    `prepared` is None where a pooler stands in between: nothing may be kept on its connections.
    """

    prepared: dict[bytes, bytes] | None = None


def is_stale(connection: Connection) -> bool:
    """Tell whether an idle connection has something to say: that its server is gone, mostly."""
    waiting = poll()
    waiting.register(connection.pgconn.socket, POLLIN)
    return bool(waiting.poll(0))


async def trip(connection: Connection, statements: Sequence[Statement]) -> list[Row]:
    """Run statements in order; return the rows of the last one.

    Raises psycopg's `Error`: the first that the server told, or `OperationalError` when it is lost.
    """
    pgconn, prepared = connection.pgconn, connection.prepared
    pgconn.enter_pipeline_mode()
    sent: list[bytes | None] = []
    for sql, values in statements:
        text, names = to_postgres(sql)
        given = [_given(values[name]) for name in names]
        types = [_BIGINT if isinstance(values[name], int) else 0 for name in names]
        if prepared is None:
            pgconn.send_query_params(text, given, types)
        else:
            if text not in prepared:
                prepared[text] = b"%d" % len(prepared)
                pgconn.send_prepare(prepared[text], text, types)
                sent.append(text)
            pgconn.send_query_prepared(prepared[text], given)
        sent.append(None)
    pgconn.pipeline_sync()
    results = await _answers(pgconn)
    pgconn.exit_pipeline_mode()
    _refuse(connection, sent, results)
    return _rows(results[-1])


def _refuse(connection: Connection, sent: list[bytes | None], results: list[PGresult]) -> None:
    """Raise the first error told, if any: what came after it was not prepared."""
    wrong = [result for result in results if result.status == ExecStatus.FATAL_ERROR]
    if wrong:
        for text in sent[results.index(wrong[0]) :]:
            if text and connection.prepared:
                del connection.prepared[text]
        raise error_from_result(wrong[0])


async def _answers(pgconn: PGconn) -> list[PGresult]:
    """Return the results of all that was sent, in order."""
    while pgconn.flush():
        await _ready(pgconn, to_write=True)
        pgconn.consume_input()
    found: list[PGresult] = []
    while True:
        if pgconn.is_busy():
            await _ready(pgconn)
            pgconn.consume_input()
        elif result := pgconn.get_result():
            if result.status == ExecStatus.PIPELINE_SYNC:
                return found
            found.append(result)
        elif pgconn.status != ConnStatus.OK:
            raise OperationalError("the connection is lost")


async def _ready(pgconn: PGconn, *, to_write: bool = False) -> None:
    """Wait until there is something to read, or room to write."""
    loop, socket = asyncio.get_running_loop(), pgconn.socket
    done = loop.create_future()

    def tell() -> None:
        if not done.done():
            done.set_result(None)

    loop.add_reader(socket, tell)
    if to_write:
        loop.add_writer(socket, tell)
    try:
        await done
    finally:
        loop.remove_reader(socket)
        if to_write:
            loop.remove_writer(socket)


def _given(value: Value) -> bytes | None:
    if value is None:
        return None
    return b"%d" % value if isinstance(value, int) else storable(value)


def _rows(result: PGresult) -> list[Row]:
    columns = [
        ((result.fname(n) or b"").decode(), _READERS.get(result.ftype(n), _TEXT))
        for n in range(result.nfields)
    ]
    return [
        {name: _read(result.get_value(at, n), read) for n, (name, read) in enumerate(columns)}
        for at in range(result.ntuples)
    ]


def _read(told: bytes | None, read: Callable[[bytes], object]) -> object:
    return None if told is None else read(told)
