"""What a validator imports at its first use only: `espace_tui.lazy` says how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from espace_tui.lazy import lazy_modules

LAZY_MODULES = {
    "email_validator": "email_validator",
    "mod_97_10": "stdnum.iso7064.mod_97_10",
    "nir": "stdnum.fr.nir",
    "phonenumbers": "phonenumbers",
    "secrets": "secrets",
}

if TYPE_CHECKING:
    import secrets as secrets

    import email_validator as email_validator
    import phonenumbers as phonenumbers
    from stdnum.fr import nir as nir
    from stdnum.iso7064 import mod_97_10 as mod_97_10
else:
    __getattr__ = lazy_modules(__name__, LAZY_MODULES)
