"""The one address of the official site: a constant, never taken from a message or a file."""

from __future__ import annotations

ADDRESS = "monespacesante.fr"
"""As one types it."""
URL = f"https://www.{ADDRESS}/"
"""As a browser is given it."""
