"""The screens where the person mostly reads; what only large ones draw is imported for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from espace_tui.lazy import lazy_names

LAZY = {"Needs": "needs"}

if TYPE_CHECKING:
    from espace_tui.screens.reading.needs import Needs as Needs
else:
    __getattr__ = lazy_names(__name__, LAZY)
