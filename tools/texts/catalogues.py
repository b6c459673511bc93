"""Compile the catalogues: ``locale/<language>/*.po`` become a ``.mo`` for each domain.

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

from espace_tui.i18n import domain_of

LOCALE = Path(__file__).parents[2] / "espace_tui" / "i18n" / "locale"


def compiled(folder: Path) -> dict[Path, bytes]:
    """Return the compiled catalogues of a language's folder; an id said twice is an error."""
    whole: dict[str, Catalog] = {}
    for path in sorted(folder.glob("*.po")):
        for message in read_po(
            io.BytesIO(path.read_bytes()), locale=folder.name, abort_invalid=True
        ):
            if not message.id:
                continue
            domain = domain_of(message.id if isinstance(message.id, str) else message.id[0])
            catalogue = whole.setdefault(domain, _new_catalogue(folder.name))
            if message.id in catalogue:
                sys.exit(f"{path.name}: {message.id!r} is said twice")
            catalogue[message.id] = message
    return {
        folder / "LC_MESSAGES" / f"{domain}.mo": _as_bytes(each) for domain, each in whole.items()
    }


def _new_catalogue(language: str) -> Catalog:
    same = datetime(2000, 1, 1, tzinfo=UTC)  # the same bytes each time
    return Catalog(locale=language, creation_date=same, revision_date=same)


def _as_bytes(catalogue: Catalog) -> bytes:
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def languages() -> list[Path]:
    """Return the folder of each language."""
    return sorted(path for path in LOCALE.iterdir() if path.is_dir())


def write_compiled() -> None:
    """Write the compiled catalogues of each language."""
    for folder in languages():
        for target, content in compiled(folder).items():
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(content)


def out_of_step() -> list[str]:
    """Return a complaint for each language whose compiled catalogues are not those to be."""
    return [
        f"{folder.name}: the compiled catalogues are not in step; run make texts"
        for folder in languages()
        if {path: path.read_bytes() for path in (folder / "LC_MESSAGES").iterdir()}
        != compiled(folder)
    ]
