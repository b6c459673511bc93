"""The Store port: where the rules store their records.

The SQL stands in `espace_tui.activation`, once, in the dialect SQLite and PostgreSQL share:
``RETURNING``, ``ON CONFLICT``, named parameters ``:name``, integers and text only. A rule never
reads, decides and writes where one statement can: counting is ``SET n = n + 1 … RETURNING``,
single use is ``WHERE used_at IS NULL``, so that any number of processes are right under READ
COMMITTED.

Migrations are numbered files of ``migrations/``, statements separated by an empty line. They are
written for SQLite's strict tables; `migrations` translates them for another engine. A
file named ``0002_audit.sqlite.sql`` is for that engine only.

    >>> [number for number, statements in migrations("sqlite")][:2]
    [1, 2]
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any, Protocol

Row = Mapping[str, Any]
Value = str | int | None
_FOLDER = Path(__file__).parent / "migrations"


class ConflictError(Exception):
    """The engine undid a transaction in favour of another one: it may be run again.

    Two of them waited for each other, or this one added a row that another had added before it.
    """


class Transaction(Protocol):
    """One transaction: all of it happens at the end of the block, or nothing after an error."""

    async def one(self, sql: str, **values: Value) -> Row | None:
        """Run a statement; return its first row, or None."""
        ...

    async def all(self, sql: str, **values: Value) -> Sequence[Row]:
        """Run a statement; return its rows."""
        ...

    async def changes(self, sql: str, **values: Value) -> bool:
        """Run a statement that writes, without ``RETURNING``; tell whether it changed a row."""
        ...

    async def run(self, sql: str, **values: Value) -> None:
        """Run a statement for its effect: in order, before the next answer or the end at latest."""
        ...

    async def lock(self, *names: str) -> None:
        """Hold names until the end: who asks for one meanwhile waits, then sees what was done."""
        ...


class Store(Protocol):
    """A store. Every call may raise `Unreachable` with one of its ``store-…`` codes."""

    def transaction(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction; raises `ConflictError` when it may be run again."""
        ...

    async def migrate(self) -> None:
        """Bring the tables to the current version; several processes may do it at once."""
        ...

    async def version(self) -> int:
        """Return the number of the last migration applied, 0 for an empty store."""
        ...

    async def clock(self) -> float | None:
        """Return the second of the store's own server; None for a store that has no clock."""
        ...

    async def aclose(self) -> None:
        """Let go of files and connections."""
        ...


def any_of(name: str, values: Iterable[str]) -> tuple[str, dict[str, str]]:
    """Return the SQL list of some values, and these values under the names it holds.

    >>> any_of("tag", ["a", "b"])
    ('(:tag_0, :tag_1)', {'tag_0': 'a', 'tag_1': 'b'})
    """
    named = {f"{name}_{n}": value for n, value in enumerate(values)}
    return f"({', '.join(f':{each}' for each in named)})", named


def migrations(dialect: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return each migration of an engine (``sqlite``, ``postgres``): its number, its statements."""
    return tuple(
        (int(path.name[:4]), _statements(path.read_text("utf-8"), dialect))
        for path in sorted(_FOLDER.glob("*.sql"))
        if path.suffixes in ([".sql"], [f".{dialect}", ".sql"])
    )


def _statements(text: str, dialect: str) -> tuple[str, ...]:
    if dialect != "sqlite":
        text = text.replace(") STRICT", ")").replace(" INTEGER", " BIGINT")
    return tuple(part.strip() for part in text.split("\n\n") if part.strip())
