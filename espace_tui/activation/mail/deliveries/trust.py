"""Whom a delivery trusts: the system's authorities, or one that an operator names.

The environment is not asked: Python's own context writes the secrets of each connection to the
file that ``SSLKEYLOGFILE`` names.
"""

from __future__ import annotations

import ssl
from pathlib import Path


def trust(authority: Path | None) -> ssl.SSLContext:
    """Return a context that checks the certificate and its name."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if authority:
        context.load_verify_locations(authority)
    else:
        context.load_default_certs(ssl.Purpose.SERVER_AUTH)
    return context
