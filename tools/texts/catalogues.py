"""Compile the catalogues: every ``locale/<language>/*.po`` becomes one ``espace_tui.mo``.

The compiled file is committed so that `make run` needs no development tool.
"""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parents[2] / "espace_tui" / "i18n" / "locale"
COMPILED = Path("LC_MESSAGES") / "espace_tui.mo"


def compiled(folder: Path) -> bytes:
    """Return the one compiled catalogue of a language's folder; an id said twice is an error."""
    same = datetime(2000, 1, 1, tzinfo=UTC)  # the same bytes each time
    whole = Catalog(locale=folder.name, creation_date=same, revision_date=same)
    for path in sorted(folder.glob("*.po")):
        for message in read_po(
            io.BytesIO(path.read_bytes()), locale=folder.name, abort_invalid=True
        ):
            if not message.id:
                continue
            if message.id in whole:
                sys.exit(f"{path.name}: {message.id!r} is said twice")
            whole[message.id] = message
    target = io.BytesIO()
    write_mo(target, whole)
    return target.getvalue()


def languages() -> list[Path]:
    """Return the folder of each language."""
    return sorted(path for path in LOCALE.iterdir() if path.is_dir())


def write_compiled() -> None:
    """Write the compiled catalogue of each language."""
    for folder in languages():
        target = folder / COMPILED
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(compiled(folder))


def out_of_step() -> list[str]:
    """Return a complaint for each language whose compiled catalogue is not the one to be."""
    return [
        f"{folder.name}: the compiled catalogue is not in step; run make texts"
        for folder in languages()
        if not (folder / COMPILED).exists() or (folder / COMPILED).read_bytes() != compiled(folder)
    ]
