"""The settings of this computer: defaults < stored choices < file < environment < options.

The file is ``settings.toml`` in the XDG configuration folder, written by hand; the environment
holds ``ESPACE_<FIELD>``; docs/settings.md describes each field. What cannot be read is
`InvalidSettings`, naming the place, the key and the nearest valid one. Nothing here is personal.

    >>> load({"HOME": "/nowhere"}, {"theme": "contrast"}).theme
    'contrast'
    >>> load({"HOME": "/nowhere", "ESPACE_LANGUAGE": "en"}, {}).language
    'en'
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from espace_tui.local.settings.environment import from_environment, implied_defaults
from espace_tui.local.settings.fields import FIELDS, Settings
from espace_tui.local.settings.file import read_settings_file
from espace_tui.local.settings.paths import LocalPaths
from espace_tui.local.settings.preferences import StoredPreferences

__all__ = ["FIELDS", "LocalPaths", "Settings", "StoredPreferences", "is_set", "load", "load_bare"]


AT_A_COUNTER: Mapping[str, Any] = {"mouse": False}
"""What is otherwise at a counter, unless it is set: a click must not do what nobody meant."""


def load(environment: Mapping[str, str], options: Mapping[str, Any]) -> Settings:
    """Return the settings in force; raises `InvalidSettings`.

    `options` are clean values by field; those that are None were not given.
    """
    places = LocalPaths.from_environment(environment)
    merged: dict[str, Any] = {"data_dir": places.data_folder}
    chosen = StoredPreferences(places.preferences_file).choices
    for layer in (implied_defaults(environment), chosen, *_set_layers(environment, options)):
        merged |= {name: _merged(merged.get(name), value) for name, value in layer.items()}
    if merged.get("counter"):
        merged = {**AT_A_COUNTER, **merged}
    return Settings(**merged)


def is_set(name: str, environment: Mapping[str, str], options: Mapping[str, Any]) -> bool:
    """Tell whether somebody set a field: in the file, the environment or an option."""
    return any(name in layer for layer in _set_layers(environment, options))


def _set_layers(
    environment: Mapping[str, str], options: Mapping[str, Any]
) -> tuple[Mapping[str, Any], ...]:
    places = LocalPaths.from_environment(environment)
    return (
        read_settings_file(places.settings_file, required=places.settings_named),
        from_environment(environment),
        {name: value for name, value in options.items() if value is not None},
    )


def load_bare(environment: Mapping[str, str], options: Mapping[str, Any]) -> Settings:
    """Return what the options and the locale alone say: a service has no person's settings.

    Without a home, as in a container, what names no folder of its own is in ``/var/lib``.
    """
    homes = {name: environment.get(name, "") for name in ("HOME", "XDG_DATA_HOME")}
    places = LocalPaths.from_environment(homes if any(homes.values()) else {"HOME": "/"})
    data_dir = places.data_folder if any(homes.values()) else Path("/var/lib/espace-tui")
    given = {name: value for name, value in options.items() if value is not None}
    return Settings(**{"data_dir": data_dir, **implied_defaults(environment), **given})


def _merged(lower: object, higher: object) -> object:
    """Tables add up: one more backend option does not hide the others."""
    return {**lower, **higher} if isinstance(lower, dict) and isinstance(higher, dict) else higher
