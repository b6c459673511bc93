"""The lines of the sheet in every language, the same number in each, so that they stand in pairs.

``…`` is a place to write on with a pen, ``☐`` one to tick. The easy variant (--easy) has short
sentences; it was not tried with readers yet, and says so.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("fr", "en", "ar", "uk", "tr", "pt", "fa")
EASY = ("fr", "en")
"""The languages of the easy variant."""
SITE = "https://www.monespacesante.fr"
_FILE = Path(__file__).with_name("sheets.toml")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet in one language; `note` says what was not checked yet, where something was not."""

    language: str
    direction: str
    title: str
    lines: tuple[str, ...]
    site_line: int
    note: str


def load_sheet(language: str, *, easy: bool = False) -> Sheet:
    """Return the sheet of a language."""
    found = _sheets()[language]
    variant = found["easy"] if easy else found
    return Sheet(
        language=language,
        direction=found["direction"],
        title=variant["title"],
        lines=tuple(variant["lines"]),
        site_line=variant["site_line"],
        note=variant.get("note", ""),
    )


@cache
def _sheets() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))
