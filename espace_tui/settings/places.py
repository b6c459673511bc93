"""Where things are on this computer, by the XDG base directory specification (0.8).

An XDG variable that is empty or not absolute is ignored, as the specification asks.

    >>> Places.of({"HOME": "/home/a", "XDG_STATE_HOME": "relative"}).log.as_posix()
    '/home/a/.local/state/espace-tui/diagnostic.log'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

NAME = "espace-tui"


@dataclass(frozen=True, slots=True)
class Places:
    """The settings file, and the folders of what the assistant stores and remembers."""

    file: Path
    data: Path
    state: Path

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Places:
        """Return the places of whoever has this environment."""
        home = Path(environment.get("HOME") or Path.home())

        def folder(variable: str, default: str) -> Path:
            given = Path(environment.get(variable, ""))
            return (given if given.is_absolute() else home / default) / NAME

        chosen = environment.get("ESPACE_SETTINGS", "")
        written = folder("XDG_CONFIG_HOME", ".config") / "settings.toml"
        return cls(
            file=Path(chosen).expanduser() if chosen else written,
            data=folder("XDG_DATA_HOME", ".local/share"),
            state=folder("XDG_STATE_HOME", ".local/state"),
        )

    @property
    def choices(self) -> Path:
        """What the person accepted to be kept, and the choices kept."""
        return self.state / "choices.json"

    @property
    def log(self) -> Path:
        """The diagnostic log, if the person accepted one."""
        return self.state / "diagnostic.log"
