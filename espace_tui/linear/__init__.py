"""The line-by-line face: append-only text, for screen readers, Braille, dumb terminals, pipes."""

from __future__ import annotations

from espace_tui.linear.app import run
from espace_tui.linear.console.port import Console
from espace_tui.linear.console.terminal import Terminal
from espace_tui.linear.speaker import Manner, Speaker

__all__ = ["Console", "Manner", "Speaker", "Terminal", "run"]
