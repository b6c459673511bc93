"""The keys of the full-screen face, by what they do: those of the settings, and two that stay.

Function keys, Escape and Ctrl+C only, unless the settings say otherwise: nothing that needs Alt,
Cmd or a special protocol. Each is also a button or stands in the « Touches et aide » menu, reached
with Tab.
"""

from __future__ import annotations

from collections.abc import Mapping

from espace_tui.settings.keys import KEYS as CHOSEN

KEYS: Mapping[str, str] = {**CHOSEN, "back": "escape", "leave": "ctrl+c"}
