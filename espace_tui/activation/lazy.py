"""What the rules import at its first use only: `espace_tui.lazy` says how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from espace_tui.lazy import lazy_modules

LAZY_MODULES = {
    "argon2": "argon2",
    "email": "espace_tui.validators.email",
    "identifier": "espace_tui.validators.identifier",
    "mobile": "espace_tui.validators.mobile",
    "password": "espace_tui.validators.password",
}

if TYPE_CHECKING:
    import argon2 as argon2

    from espace_tui.validators import email as email
    from espace_tui.validators import identifier as identifier
    from espace_tui.validators import mobile as mobile
    from espace_tui.validators import password as password
else:
    __getattr__ = lazy_modules(__name__, LAZY_MODULES)
