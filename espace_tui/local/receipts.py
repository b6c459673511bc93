"""A receipt in a file of its own, which only its owner may read: what is there is never replaced.

Where nobody named the file, it stands in the person's own folder, under a name that is free.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from espace_tui.errors import Unreachable
from espace_tui.i18n import Text, Texts
from espace_tui.local.private_files import create_new


@dataclass(frozen=True, slots=True)
class ReceiptFile:
    """Where a receipt goes: `named` by the person beforehand, or to be found in their `folder`."""

    texts: Texts
    folder: Path
    named: Path | None = None

    @property
    def at_once(self) -> bool:
        """Whether it is to be saved as soon as there is one."""
        return self.named is not None

    async def save(self, lines: Iterable[Text]) -> str:
        """Write a receipt, in the present language; return where it is."""
        said = (Text("receipt.title"), Text("receipt.demonstration"), *lines)
        content = "\n\n".join(map(self.texts, said)) + "\n"
        return str(await asyncio.to_thread(self._write, content.encode()))

    def _write(self, content: bytes) -> Path:
        for path in self._places():
            try:
                if create_new(path, content):
                    return path
            except OSError as error:
                details = {"path": str(path), "reason": error.strerror}
                raise Unreachable("receipt-unwritable", **details) from error
        raise Unreachable("receipt-exists", path=str(self.named))

    def _places(self) -> Iterator[Path]:
        if self.named:
            yield self.named
            return
        name = self.texts("receipt.file")
        yield self.folder / f"{name}.txt"
        yield from (self.folder / f"{name}-{number}.txt" for number in count(2))


def refuse_taken(path: Path) -> None:
    """Raise for a file that is there already, or whose folder is not, before anything is done."""
    if path.exists() or path.is_symlink():
        raise Unreachable("receipt-exists", path=str(path))
    if not path.parent.is_dir():
        raise Unreachable("receipt-no-folder", path=str(path.parent))
