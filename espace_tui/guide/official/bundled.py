"""The file of this release, and when it was noted: that is shown before the file is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

BUNDLED = Path(__file__).with_name("official-2025-08.toml")
NOTED = date(2025, 8, 27)
