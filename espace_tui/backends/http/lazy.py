"""What the HTTP backend imports at its first call only: `espace_tui.lazy` says how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from espace_tui.lazy import lazy_modules

LAZY_MODULES = {"httpx2": "httpx2", "stamina": "stamina"}

if TYPE_CHECKING:
    import httpx2 as httpx2
    import stamina as stamina
else:
    __getattr__ = lazy_modules(__name__, LAZY_MODULES)
