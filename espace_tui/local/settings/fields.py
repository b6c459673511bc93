"""The fields of the settings, and how each is read from a file, a variable or an option."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from typing_extensions import override

from espace_tui.i18n import LANGUAGES
from espace_tui.local.settings.keys import DEFAULT_KEYS, parse_keys
from espace_tui.local.settings.parsers import (
    Parse,
    number_between,
    one_of,
    parse_boolean,
    parse_names,
    parse_one_line,
    parse_origin,
    parse_path,
    parse_readable_file,
    parse_table,
    parse_text,
    parse_width,
    seconds_between,
    some_of,
)

THEMES = ("light", "dark", "contrast", "yellow", "terminal")
VERBOSITIES = ("short", "normal", "full")
OPENINGS = ("ask", "never")
MASKS = ("unfocused", "always")
PURPOSES = ("official", "oppose", "find", "child", "message", "here")
"""What a visit at a counter may be about."""


class Settings(NamedTuple):
    """The settings in force; `theme` is empty where the face decides. The repr shows none."""

    data_dir: Path
    backend: str = "embedded"
    backend_options: Mapping[str, str] = MappingProxyType({})
    language: str = "fr"
    theme: str = ""
    mouse: bool = True
    keys: Mapping[str, str] = DEFAULT_KEYS
    linear: bool = False
    verbosity: str = "normal"
    bell: bool = True
    width: int = 72
    paging: bool = True
    colour: bool = False
    paste_anywhere: bool = False
    guide_itinerary: Path | None = None
    guide_open: str = "ask"
    letterbox_providers: tuple[str, ...] = ("mx.google.com",)
    easy: bool = False
    counter: bool = False
    counter_hide: int = 300
    counter_wipe: int = 600
    counter_mask: str = "unfocused"
    counter_numbers: bool = False
    counter_counts: bool = True
    counter_lock: bool = False
    counter_screens: tuple[str, ...] = PURPOSES
    counter_place: str = ""
    kiosk_port: int = 8765
    kiosk_origin: str = ""
    kiosk_people: int = 1

    @override
    def __repr__(self) -> str:
        return "Settings()"


FIELDS: Mapping[str, Parse] = {
    "backend": parse_text,
    "backend_options": parse_table,
    "data_dir": parse_path,
    "language": one_of(LANGUAGES),
    "theme": one_of(THEMES),
    "mouse": parse_boolean,
    "keys": parse_keys,
    "linear": parse_boolean,
    "verbosity": one_of(VERBOSITIES),
    "bell": parse_boolean,
    "width": parse_width,
    "paging": parse_boolean,
    "colour": parse_boolean,
    "paste_anywhere": parse_boolean,
    "guide_itinerary": parse_readable_file,
    "guide_open": one_of(OPENINGS),
    "letterbox_providers": parse_names,
    "easy": parse_boolean,
    "counter": parse_boolean,
    "counter_hide": seconds_between(120, 3600, or_never=True),
    "counter_wipe": seconds_between(120, 3600),
    "counter_mask": one_of(MASKS),
    "counter_numbers": parse_boolean,
    "counter_counts": parse_boolean,
    "counter_lock": parse_boolean,
    "counter_screens": some_of(PURPOSES),
    "counter_place": parse_one_line,
    "kiosk_port": number_between(1024, 65535),
    "kiosk_origin": parse_origin,
    "kiosk_people": number_between(1, 100),
}
"""Each field that can be set, and its reading."""
