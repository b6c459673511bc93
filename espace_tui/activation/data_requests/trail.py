"""The audit trail, read by its operator: since an instant, about one person, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from espace_tui.activation.audit import AuditLine, Event
from espace_tui.activation.context import PAGE_SIZE, ServiceContext, to_datetime
from espace_tui.activation.records.person import find_by_nir
from espace_tui.activation.stores.port import Transaction, any_of

_READ = """
SELECT id, at, event, subject, operator, reason FROM audit
WHERE id > :after AND at >= :since{about} ORDER BY id LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """Which lines are asked for: none of the pseudonyms means everybody."""

    since: int = 0
    pseudonyms: tuple[str, ...] = ()


EVERYBODY = TrailFilter()


class Trail:
    """Reads the trail."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    async def pseudonyms(self, nir: str) -> tuple[str, ...]:
        """Return every name a NIR has in the trail: as a person, and before it was one."""
        return await self._context.read(lambda tx: pseudonyms(self._context, tx, nir))

    async def page(
        self, asked: TrailFilter = EVERYBODY, after: str = "", limit: int = PAGE_SIZE
    ) -> Sequence[AuditLine]:
        """Return some of the lines, oldest first, after a line's `id`."""
        subjects, names = any_of("about", asked.pseudonyms)
        sql = _READ.format(about=f" AND subject IN {subjects}" if names else "")
        rows = await self._context.read(
            lambda tx: tx.all(sql, after=after, since=asked.since, most=limit, **names)
        )
        return [
            AuditLine(
                row["id"],
                to_datetime(row["at"]),
                Event(row["event"]),
                row["subject"],
                row["operator"],
                row["reason"],
            )
            for row in rows
        ]


async def pseudonyms(context: ServiceContext, tx: Transaction, nir: str) -> tuple[str, ...]:
    """Return every name a NIR has in the trail, whichever the key they were made with."""
    keys = context.keys
    person = await find_by_nir(tx, keys, nir)
    subjects = [*([person.id] if person else []), *keys.tags("nir", nir).values()]
    return tuple(name for subject in subjects for name in keys.pseudonyms(subject))
