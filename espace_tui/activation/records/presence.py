"""The processes that run now, with the keys each holds: what a rotation must not run ahead of.

Each says so every half minute while it lives; one that said nothing for a while is gone. Nothing
else depends on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from espace_tui import __version__
from espace_tui.activation.context import ServiceContext
from espace_tui.activation.stores.port import Transaction

BEAT_SECONDS = 30
SILENCE_SECONDS = 100
"""After so long a silence, three beats and more, a process is taken for gone."""
_BEAT = """
INSERT INTO process (id, kind, name, version, present_key, keys, seen_at)
VALUES (:id, :kind, :name, :version, :present, :keys, :now)
ON CONFLICT (id) DO UPDATE SET seen_at = EXCLUDED.seen_at
"""
_LEAVE = "DELETE FROM process WHERE id = :id"
_LIVING = """
SELECT kind, name, version, present_key, keys FROM process WHERE seen_at > :since
ORDER BY kind, name
"""


@dataclass(frozen=True, slots=True)
class RunningProcess:
    """A process of the service: ``run`` or ``work``, on which machine, with which keys."""

    kind: str
    name: str
    version: str
    present: str
    keys: tuple[str, ...]


async def beat(context: ServiceContext, tx: Transaction, who: tuple[str, str, str]) -> None:
    """Say that a process lives: its id, its kind, its name."""
    process, kind, name = who
    await tx.run(
        _BEAT,
        id=process,
        kind=kind,
        name=name,
        version=__version__,
        present=context.keys.current,
        keys=" ".join(context.keys.ids),
        now=context.now(),
    )


async def leave(tx: Transaction, process: str) -> None:
    """Say that a process ends."""
    await tx.run(_LEAVE, id=process)


async def living(context: ServiceContext, tx: Transaction) -> Sequence[RunningProcess]:
    """Return the processes that live."""
    rows = await tx.all(_LIVING, since=context.now() - SILENCE_SECONDS)
    return [
        RunningProcess(
            row["kind"], row["name"], row["version"], row["present_key"], tuple(row["keys"].split())
        )
        for row in rows
    ]
