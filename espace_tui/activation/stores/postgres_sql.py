"""How the store speaks with PostgreSQL: statements on the way out, failures on the way back.

>>> to_postgres("SELECT 'at :noon' FROM t WHERE id = :id AND at = :at OR :id = ''")
(b"SELECT 'at :noon' FROM t WHERE id = $1 AND at = $2 OR $1 = ''", ('id', 'at'))
>>> to_postgres("SELECT id FROM t LIMIT 1 /* postgres: FOR UPDATE SKIP LOCKED */")
(b'SELECT id FROM t LIMIT 1 FOR UPDATE SKIP LOCKED', ())
"""

from __future__ import annotations

import re
from functools import cache

from psycopg import Error, InterfaceError, OperationalError, connect
from psycopg_pool import PoolTimeout, TooManyRequests

from espace_tui.activation.stores.port import ConflictError
from espace_tui.errors import Unreachable

_WORD = re.compile(r"'[^']*'|/\* postgres: (?P<own>.*?) \*/|(?<![:\w]):(?P<name>[a-z_]\w*)")
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
def to_postgres(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """Return a statement of the shared dialect in PostgreSQL's words, and its names in order."""
    numbers: dict[str, int] = {}

    def word(found: re.Match[str]) -> str:
        if name := found["name"]:
            return f"${numbers.setdefault(name, len(numbers) + 1)}"
        return found["own"] or found[0]

    text = _WORD.sub(word, sql).encode()
    return text, tuple(numbers)


def storable(value: str) -> str:
    """Return a text that can travel: one PostgreSQL cannot hold becomes one nobody has."""
    return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


@cache
def only_reads(sql: str) -> bool:
    """Tell whether a statement changes and locks nothing.

    >>> only_reads("SELECT id FROM t"), only_reads("SELECT id FROM t FOR UPDATE")
    (True, False)
    """
    plain = sql.strip().upper()
    return plain.startswith("SELECT ") and "FOR UPDATE" not in plain


def domain_error(
    error: BaseException, *, is_committing: bool
) -> ConflictError | Unreachable | None:
    """Return what an error of the server means to a caller; None for a bug, which stays one."""
    if not isinstance(error, Error):
        return None
    code = _code(error)
    is_lost = code == "network" and not isinstance(error, PoolTimeout)
    if error.sqlstate in _UNDONE or (is_lost and not is_committing):
        return ConflictError()
    if not code:
        return None
    reason = error.diag.message_primary if error.sqlstate in _CODES else ""
    return Unreachable(code, reason=reason) if reason else Unreachable(code)


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
