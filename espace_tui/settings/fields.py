"""The fields of the settings, and how each is read wherever it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from espace_tui.settings.keys import KEYS, keys
from espace_tui.settings.reading import Read, folder, one_of, switch, table, words

LANGUAGES = ("fr", "en")
THEMES = ("light", "dark", "contrast", "yellow", "terminal")
VERBOSITIES = ("short", "normal", "full")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force; `theme` is empty where the face decides."""

    data_dir: Path
    backend: str = "embedded"
    backend_options: Mapping[str, str] = field(default_factory=dict, repr=False)
    language: str = "fr"
    theme: str = ""
    mouse: bool = True
    keys: Mapping[str, str] = field(default_factory=lambda: KEYS)
    linear: bool = False
    verbosity: str = "normal"
    bell: bool = True
    colour: bool = False
    paste_anywhere: bool = False


FIELDS: Mapping[str, Read] = {
    "backend": words,
    "backend_options": table,
    "data_dir": folder,
    "language": one_of(LANGUAGES),
    "theme": one_of(THEMES),
    "mouse": switch,
    "keys": keys,
    "linear": switch,
    "verbosity": one_of(VERBOSITIES),
    "bell": switch,
    "colour": switch,
    "paste_anywhere": switch,
}
"""Each field that can be set, and its reading."""
