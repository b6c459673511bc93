"""Which file of the official journey is used: that of this release, or a newer one of the user's.

An association can correct a screen without a release: its file stands in the folder ``official`` of
the configuration. A damaged or hostile one is refused, never passed over in silence.
"""

from __future__ import annotations

from pathlib import Path

from espace_tui.guide.data_file import parse, read_file
from espace_tui.guide.official.bundled import BUNDLED
from espace_tui.guide.official.model import Official
from espace_tui.guide.official.schema import OfficialChecker

FILES = 20
"""So many files of the folder are read."""


def load(folder: Path | None = None) -> Official:
    """Return the newest journey; raises `InvalidSettings` naming the file and line at fault."""
    known = [read(BUNDLED), *map(read, own_files(folder))]
    return max(known, key=lambda official: official.noted)


def own_files(folder: Path | None) -> list[Path]:
    """Return the files of the user's folder."""
    if folder is None or not folder.is_dir():
        return []
    return sorted(folder.glob("*.toml"))[:FILES]


def read(path: Path) -> Official:
    """Read and check one file."""
    text = read_file(path)
    return OfficialChecker(str(path), text).read(parse(str(path), text))
