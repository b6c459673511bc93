"""What an administrator's commands import at their first use only: `espace_tui.lazy` says how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from espace_tui.lazy import lazy_modules

LAZY_MODULES = {
    "birth_date": "espace_tui.validators.birth_date",
    "campaign": "espace_tui.cli.admin.campaign",
    "card_serial": "espace_tui.validators.card_serial",
    "columns": "espace_tui.operating.columns",
    "dead_letters": "espace_tui.activation.mail.dead_letters",
    "email": "espace_tui.validators.email",
    "getpass": "getpass",
    "json": "json",
    "mandate": "espace_tui.activation.data_requests.mandate",
    "person_file": "espace_tui.activation.data_requests.person_file",
    "restored": "espace_tui.activation.data_requests.restored",
    "trail": "espace_tui.activation.data_requests.trail",
    "key_file": "espace_tui.operating.key_file",
    "mobile": "espace_tui.validators.mobile",
    "nir": "espace_tui.validators.nir",
    "administration": "espace_tui.activation.use_cases.administration",
}

if TYPE_CHECKING:
    import getpass as getpass
    import json as json

    from espace_tui.activation.data_requests import mandate as mandate
    from espace_tui.activation.data_requests import person_file as person_file
    from espace_tui.activation.data_requests import restored as restored
    from espace_tui.activation.data_requests import trail as trail
    from espace_tui.activation.mail import dead_letters as dead_letters
    from espace_tui.activation.use_cases import administration as administration
    from espace_tui.cli.admin import campaign as campaign
    from espace_tui.operating import columns as columns
    from espace_tui.operating import key_file as key_file
    from espace_tui.validators import birth_date as birth_date
    from espace_tui.validators import card_serial as card_serial
    from espace_tui.validators import email as email
    from espace_tui.validators import mobile as mobile
    from espace_tui.validators import nir as nir
else:
    __getattr__ = lazy_modules(__name__, LAZY_MODULES)
