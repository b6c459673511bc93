"""The keys of the full-screen face, by what they do; the settings may change most of them.

Function keys, Escape and Ctrl+C only: nothing that needs Alt, Cmd or a special protocol. Each is
also a button or stands in the « Touches et aide » menu, reached with Tab.

    >>> whole({"help": "f6"})["menu"]
    ''
"""

from __future__ import annotations

from collections.abc import Mapping

from espace_tui.settings.keys import KEYS as CHOSEN

KEYS: Mapping[str, str] = {
    **CHOSEN,
    "language": "f5",
    "menu": "f6",
    "theme": "f7",
    "back": "escape",
    "leave": "ctrl+c",
}


def whole(chosen: Mapping[str, str]) -> dict[str, str]:
    """Return every key, as the person set some: one that they took over does only what they said.

    What has lost its key (« ») is still in the menu.
    """
    taken = set(chosen.values())
    return {name: chosen.get(name, "" if key in taken else key) for name, key in KEYS.items()}
