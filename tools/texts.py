"""Compile the catalogues: every ``locale/<language>/*.po`` becomes one ``espace_tui.mo``.

``python -m tools.texts compile`` writes it; ``check`` fails when it is not in step.
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

LOCALE = Path(__file__).parent.parent / "espace_tui" / "i18n" / "locale"


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


def main() -> None:
    """Write or check the compiled catalogue of each language."""
    for folder in sorted(path for path in LOCALE.iterdir() if path.is_dir()):
        target = folder / "LC_MESSAGES" / "espace_tui.mo"
        content = compiled(folder)
        if sys.argv[1:] == ["check"]:
            if not target.exists() or target.read_bytes() != content:
                sys.exit(f"{folder.name}: the compiled catalogue is not in step; run make texts")
        else:
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(content)


if __name__ == "__main__":
    main()
