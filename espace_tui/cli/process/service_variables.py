"""The variables of a service: which are read, and a typing error among them is named."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Mapping

from espace_tui.errors import InvalidSettings
from espace_tui.i18n.spelling import nearest

PREFIX = "ESPACE_SERVICE_"
KNOWN = tuple(
    PREFIX + name
    for name in ("DATABASE", "KEYS", "CONFIG", "DATABASE_PASSWORD", "MAIL_PASSWORD", "SMS_SECRET")
)
_OF_KUBERNETES = f"{PREFIX}(?:HOST|PORT(?:_.*)?)"
"""What Kubernetes gives to everybody beside a service called « espace »: nothing typed by hand."""


def serves(options: Namespace, environment: Mapping[str, str]) -> bool:
    """Tell whether a command works for a service, not with this computer's own data."""
    command = getattr(options, "command_cli", None)
    named = (getattr(options, f"service_{name}", None) for name in ("database", "config"))
    return command == "service" or (command == "admin" and (any(named) or is_named(environment)))


def is_named(environment: Mapping[str, str]) -> bool:
    """Tell whether the environment names the database of a service."""
    return any(environment.get(PREFIX + name) for name in ("DATABASE", "CONFIG"))


def refuse_unknown(environment: Mapping[str, str]) -> None:
    """Raise `InvalidSettings` for a variable that looks like ours and is not read."""
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in KNOWN and not re.fullmatch(_OF_KUBERNETES, name):
            raise InvalidSettings("unknown-variable", key=name, nearest=nearest(name, KNOWN))
