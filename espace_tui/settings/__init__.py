"""How the assistant behaves on this computer: defaults < kept < file < environment < options.

The file is ``settings.toml`` in the XDG configuration folder, written by hand; the environment
holds ``ESPACE_<FIELD>``; docs/settings.md tells each field. What cannot be read is
`InvalidSettings`, naming the place, the key and the nearest valid one. Nothing here is personal.

    >>> load({"HOME": "/nowhere"}, {"theme": "contrast"}).theme
    'contrast'
    >>> load({"HOME": "/nowhere", "ESPACE_LANGUAGE": "en"}, {}).language
    'en'
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from espace_tui.settings.environment import from_environment, implied
from espace_tui.settings.fields import FIELDS, Settings
from espace_tui.settings.file import read_file
from espace_tui.settings.kept import Kept
from espace_tui.settings.places import Places

__all__ = ["FIELDS", "Kept", "Places", "Settings", "load"]


def load(environment: Mapping[str, str], options: Mapping[str, Any]) -> Settings:
    """Return the settings in force; raises `InvalidSettings`.

    `options` are clean values by field; those that are None were not given.
    """
    places = Places.of(environment)
    layers: tuple[Mapping[str, Any], ...] = (
        implied(environment),
        Kept(places.choices).remembered,
        read_file(places.file),
        from_environment(environment),
        {name: value for name, value in options.items() if value is not None},
    )
    merged: dict[str, Any] = {"data_dir": places.data}
    for layer in layers:
        merged |= {name: _joined(merged.get(name), value) for name, value in layer.items()}
    return Settings(**merged)


def _joined(below: object, above: object) -> object:
    """Tables add up: one more backend option does not hide the others."""
    return {**below, **above} if isinstance(below, dict) and isinstance(above, dict) else above
