"""The variables of a service: which are read, and a typing error among them is named."""

from __future__ import annotations

import re
from collections.abc import Mapping

from espace_tui.errors import InvalidSettings
from espace_tui.i18n.spelling import nearest

PREFIX = "ESPACE_SERVICE_"
KNOWN = tuple(
    PREFIX + name
    for name in ("DATABASE", "KEYS", "CONFIG", "DATABASE_PASSWORD", "MAIL_PASSWORD", "SMS_SECRET")
)
_OF_KUBERNETES = re.compile(f"{PREFIX}(?:HOST|PORT(?:_.*)?)")
"""What Kubernetes gives to everybody beside a service called « espace »: nothing typed by hand."""


def refuse_unknown(environment: Mapping[str, str]) -> None:
    """Raise `InvalidSettings` for a variable that looks like ours and is not read."""
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in KNOWN and not _OF_KUBERNETES.fullmatch(name):
            raise InvalidSettings("unknown-variable", key=name, nearest=nearest(name, KNOWN))
