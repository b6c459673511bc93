"""How the store speaks with PostgreSQL: statements on the way out, failures on the way back.

>>> spoken("SELECT 'at :noon, 5%' FROM t WHERE id = :id")
b"SELECT 'at :noon, 5%%' FROM t WHERE id = %(id)s"
>>> spoken("SELECT id FROM t LIMIT 1 /* postgres: FOR UPDATE SKIP LOCKED */")
b'SELECT id FROM t LIMIT 1 FOR UPDATE SKIP LOCKED'
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache

from psycopg import Error, InterfaceError, OperationalError, connect
from psycopg_pool import PoolTimeout, TooManyRequests

from espace_tui.activation.store import Conflict, Value
from espace_tui.errors import Unreachable

_WORD = re.compile(r"'[^']*'|/\* postgres: (?P<own>.*?) \*/|(?<![:\w]):(?P<name>[a-z_]\w*)|%")
_CODES = {
    "53100": "store-full",
    "53200": "busy",
    "53300": "busy",
    "25006": "store-read-only",
    "55P03": "store-locked",
    "57014": "timeout",
    "25P03": "timeout",
    "XX001": "store-corrupt",
    "XX002": "store-corrupt",
}
_UNDONE = frozenset({"40001", "40P01", "23505"})


@cache
def spoken(sql: str) -> bytes:
    """Return a statement of the shared dialect in psycopg's words."""
    return _WORD.sub(_word, sql).encode()


def _word(found: re.Match[str]) -> str:
    if found["name"]:
        return f"%({found['name']})s"
    return found["own"] or found[0].replace("%", "%%")


def storable(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return values that can travel: a text PostgreSQL cannot hold becomes one nobody has."""
    return {name: _storable(value) for name, value in values.items()}


def _storable(value: Value) -> Value:
    if not isinstance(value, str) or (value.isascii() and "\0" not in value):
        return value
    return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


@cache
def only_reads(sql: str) -> bool:
    """Tell whether a statement changes and locks nothing.

    >>> only_reads("SELECT id FROM t"), only_reads("SELECT id FROM t FOR UPDATE")
    (True, False)
    """
    plain = sql.strip().upper()
    return plain.startswith("SELECT ") and "FOR UPDATE" not in plain


@contextmanager
def told(is_committing: Callable[[], bool]) -> Iterator[None]:
    """Turn what the server says into `Conflict` or `Unreachable`; a bug stays what it is."""
    try:
        yield
    except Error as error:
        code = _code(error)
        is_lost = code == "network" and not isinstance(error, PoolTimeout)
        if error.sqlstate in _UNDONE or (is_lost and not is_committing()):
            raise Conflict from error
        if code is None:
            raise
        raise Unreachable(code) from error


def refusal(conninfo: str) -> str:
    """Return why the server takes no connection, in its own words, on one line."""
    try:
        connect(conninfo, connect_timeout=3).close()
    except Error as error:
        return " ".join(str(error).split())
    return ""


def _code(error: Error) -> str | None:
    if error.sqlstate in _CODES:
        return _CODES[error.sqlstate]
    if isinstance(error, TooManyRequests):
        return "busy"
    return "network" if isinstance(error, OperationalError | InterfaceError) else None
