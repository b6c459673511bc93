"""The keys of the full screen, and their remapping: one function, one key.

>>> parse_keys("settings.toml", "keys", {"magnify": "ctrl+g"})["magnify"]
'ctrl+g'
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from espace_tui.errors import InvalidSettings
from espace_tui.i18n.spelling import nearest
from espace_tui.local.settings.parsers import parse_table

DEFAULT_KEYS: Mapping[str, str] = {
    "help": "f1",
    "answers": "f2",
    "reveal": "f3",
    "magnify": "f4",
    "linear": "f8",
    "hide": "f9",
    "continue": "f10",
    "language": "f5",
    "menu": "f6",
    "theme": "f7",
}
"""What each function answers to, unless the settings say otherwise."""
COUNTER_KEYS: Mapping[str, str] = {"next": "ctrl+n", "handover": "ctrl+p"}
"""The same for what only a counter does: end with this person, hand the keyboard over."""
_USUAL = {**DEFAULT_KEYS, **COUNTER_KEYS}

_KEY = r"f([1-9]|1[0-9]|2[0-4])|ctrl\+[a-z]"
_RESERVED = frozenset(f"ctrl+{letter}" for letter in "achijklmuvwxz")
"""Keys that edit a field, leave, suspend, repaint, or that are Tab or Enter to a terminal."""


def parse_keys(source: str, key: str, value: object) -> dict[str, str]:
    """Read the remapped keys, over the usual ones; a conflict is an error that names both."""
    chosen = {name: text.lower() for name, text in parse_table(source, key, value).items()}
    for name, text in chosen.items():
        _check_key(source, f"{key}.{name}", name, text)
    whole = {**_USUAL, **chosen}
    seen: dict[str, str] = {}
    for name, text in whole.items():
        if text in seen:
            raise InvalidSettings(
                "same-key",
                place=source,
                key=f"{key}.{name}",
                other=f"{key}.{seen[text]}",
                found=text,
            )
        seen[text] = name
    return whole


def _check_key(source: str, key: str, name: str, text: str) -> None:
    if name not in _USUAL:
        table_name = key.removesuffix(name)
        near = table_name + nearest(name, _USUAL)
        raise InvalidSettings("unknown-key", place=source, key=key, nearest=near)
    if not re.fullmatch(_KEY, text):
        raise InvalidSettings("not-a-key", place=source, key=key, found=text)
    if text in _RESERVED:
        raise InvalidSettings("taken-key", place=source, key=key, found=text)
