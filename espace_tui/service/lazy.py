"""The database engines, of which a service imports the one it uses: `espace_tui.lazy` says how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from espace_tui.lazy import lazy_modules

LAZY_MODULES = {
    "postgres": "espace_tui.activation.stores.postgres",
    "sqlite": "espace_tui.activation.stores.sqlite",
}

if TYPE_CHECKING:
    from espace_tui.activation.stores import postgres as postgres
    from espace_tui.activation.stores import sqlite as sqlite
else:
    __getattr__ = lazy_modules(__name__, LAZY_MODULES)
