"""What the assistant may store on this computer, each if the person accepts it."""

from __future__ import annotations

CONSENTS = ("preferences", "log", "keyring")
