"""What the backends import at their first use only: `espace_tui.lazy` says how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from espace_tui.lazy import lazy_modules

LAZY_MODULES = {
    "checked": "espace_tui.backends.checked",
    "context": "espace_tui.activation.context",
    "hasher": "espace_tui.activation.crypto.hasher",
    "keys": "espace_tui.activation.crypto.keys",
    "maildir": "espace_tui.activation.mail.deliveries.maildir",
    "private_files": "espace_tui.local.private_files",
    "rules": "espace_tui.activation.rules",
    "sqlite": "espace_tui.activation.stores.sqlite",
}

if TYPE_CHECKING:
    from espace_tui.activation import context as context
    from espace_tui.activation import rules as rules
    from espace_tui.activation.crypto import hasher as hasher
    from espace_tui.activation.crypto import keys as keys
    from espace_tui.activation.mail.deliveries import maildir as maildir
    from espace_tui.activation.stores import sqlite as sqlite
    from espace_tui.backends import checked as checked
    from espace_tui.local import private_files as private_files
else:
    __getattr__ = lazy_modules(__name__, LAZY_MODULES)
