"""The rules of a service, opened over the store that a URL names.

>>> store_of("sqlite:///srv/espace.db").__class__.__name__
'SqliteStore'
"""

from __future__ import annotations

from pathlib import Path

from espace_tui.activation.hasher import SERVICE, Hasher
from espace_tui.activation.keys import open_keys
from espace_tui.activation.limits import HOUR
from espace_tui.activation.means import Means
from espace_tui.activation.rules import Rules
from espace_tui.activation.store import Store
from espace_tui.clock import SystemClock
from espace_tui.policy import POLICIES
from espace_tui.service.options import ServiceOptions

_SQLITE = "sqlite://"


def open_rules(options: ServiceOptions, *, is_patient: bool = False) -> Rules:
    """Open the rules of one process; its store is reached by the first call.

    `is_patient`: a statement may take an hour, as an operator's count of everybody.
    """
    keys = open_keys(options.keys)
    hasher = Hasher(keys, SERVICE, options.hash_queue)
    store = store_of(options.database, is_patient=is_patient)
    return Rules(Means(store, keys, hasher, SystemClock(), POLICIES[options.policy]))


def store_of(url: str, *, is_patient: bool = False) -> Store:
    """Return the store of a URL: a file, or a PostgreSQL database."""
    if is_file(url):
        from espace_tui.stores.sqlite import SqliteStore  # noqa: PLC0415 — one engine is enough

        return SqliteStore(Path(url.removeprefix(_SQLITE)))
    from espace_tui.stores.postgres import Patience, PostgresStore  # noqa: PLC0415 — one engine

    return PostgresStore(url, patience=Patience(statement=HOUR) if is_patient else None)


def is_file(url: str) -> bool:
    """Tell whether a URL names a SQLite file."""
    return url.startswith(_SQLITE)
