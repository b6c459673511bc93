"""Where things are on this computer, by the XDG base directory specification (0.8).

An XDG variable that is empty or not absolute is ignored, as the specification asks. Who has no home
(no ``HOME``, unknown to the system) can do all that needs none.

    >>> LocalPaths.from_environment(
    ...     {"HOME": "/home/a", "XDG_STATE_HOME": "relative"}
    ... ).log_file.as_posix()
    '/home/a/.local/state/espace-tui/diagnostic.log'
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from espace_tui.local.private_files import NOWHERE
from espace_tui.local.settings.parsers import parse_path

FOLDER_NAME = "espace-tui"
SETTINGS_VARIABLE = "ESPACE_SETTINGS"


def _system_home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # a user that the system does not know
        return NOWHERE


class LocalPaths(NamedTuple):
    """The settings file, and the folders of what the assistant stores and remembers."""

    settings_file: Path
    data_folder: Path
    state_folder: Path
    settings_named: bool = False
    """Whether the settings file was named by the person: then it has to be there."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> LocalPaths:
        """Return the folders and files for an environment."""
        home = Path(environment.get("HOME") or _system_home())

        def folder(variable: str, default: str) -> Path:
            given = Path(environment.get(variable, ""))
            return (given if given.is_absolute() else home / default) / FOLDER_NAME

        chosen = environment.get(SETTINGS_VARIABLE, "")
        written = folder("XDG_CONFIG_HOME", ".config") / "settings.toml"
        return cls(
            settings_file=parse_path(SETTINGS_VARIABLE, SETTINGS_VARIABLE, chosen)
            if chosen
            else written,
            settings_named=bool(chosen),
            data_folder=folder("XDG_DATA_HOME", ".local/share"),
            state_folder=folder("XDG_STATE_HOME", ".local/state"),
        )

    @property
    def official_folder(self) -> Path:
        """Where newer files of the official site's journey may stand."""
        return self.settings_file.parent / "official"

    @property
    def preferences_file(self) -> Path:
        """The file of what the person accepted to store, and of the stored choices."""
        return self.state_folder / "choices.json"

    @property
    def log_file(self) -> Path:
        """The diagnostic log, if the person accepted one."""
        return self.state_folder / "diagnostic.log"
