"""What the process of one person is made of, for the command line."""

from __future__ import annotations

from espace_tui.kiosk.connection import PageConnection
from espace_tui.kiosk.console import PageConsole
from espace_tui.kiosk.speaker import PageSpeaker

__all__ = ["PageConnection", "PageConsole", "PageSpeaker"]
