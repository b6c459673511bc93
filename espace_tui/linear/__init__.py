"""The line-by-line face: append-only text, for screen readers, Braille, dumb terminals, pipes."""

from __future__ import annotations

from espace_tui.linear.port import Console
from espace_tui.linear.terminal import Terminal
from espace_tui.linear.walk import run

__all__ = ["Console", "Terminal", "run"]
