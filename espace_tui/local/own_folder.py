"""The folder for temporary files that a process was given for itself alone."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_ATTEMPTS = 3
"""How often it is removed: a thread may still be writing there."""


def remove_own_folder(begins: str) -> None:
    """Remove it, if its name begins as it should: a parent that was killed leaves it."""
    folder = Path(os.environ.get("TMPDIR", "."))
    for _ in range(_ATTEMPTS if folder.name.startswith(begins) else 0):
        shutil.rmtree(folder, ignore_errors=True)
