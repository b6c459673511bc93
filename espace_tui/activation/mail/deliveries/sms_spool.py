"""Text messages through gammu-smsd, *files* backend: a message is a file in a folder.

``OUT<priority><date>_<time>_<serial>_<number>_<note>.txt`` (gammu-smsd-files(7)), in UTF-16 with a
byte order mark: gammu reads it whatever its locale, and parts long texts. The file is written under
another name then renamed, so that half a message is never read. Its note is the id of the message:
one delivered twice before gammu took it is there once.

gammu writes such messages in the 7-bit alphabet of 3GPP TS 23.038: it finds the nearest letter
by itself, but turns typographic signs into ``?``: they are written plainly.

    >>> print("L’heure… : « ici »".translate(PLAIN))
    L'heure... : " ici "
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from espace_tui.activation.mail.delivery import OutgoingMessage
from espace_tui.errors import Unreachable
from espace_tui.local import private_files

PLAIN = str.maketrans(
    {"’": "'", "…": "...", "—": "-", "–": "-"}
    | dict.fromkeys("«»“”", '"')
    | dict.fromkeys("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}", " ")
)
_NEW = os.O_CREAT | os.O_WRONLY | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)


class SpoolDelivery:
    """A Delivery into the outbox folder of a gammu-smsd."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def send(self, message: OutgoingMessage) -> None:
        """Leave one message; raises `Unreachable` with one of the ``store-…`` codes."""
        await asyncio.to_thread(self._write, message)

    async def aclose(self) -> None:
        """Close nothing: no resource is kept open."""

    def _give(self, descriptor: int) -> None:
        """Let gammu read the message, whatever the umask: it is of the folder's group."""
        os.fchmod(descriptor, 0o660)
        if os.fstat(descriptor).st_gid != (group := self._folder.stat().st_gid):
            os.fchown(descriptor, -1, group)

    def _write(self, message: OutgoingMessage) -> None:
        if not self._folder.is_dir():
            raise Unreachable("network", reason="no-spool")
        draft = self._folder / f".{message.id}"
        stamp = message.sent_at.strftime("%Y%m%d_%H%M%S")
        with private_files.os_errors():
            draft.unlink(missing_ok=True)  # left by a process that is gone
            with os.fdopen(os.open(draft, _NEW, 0o660), "wb") as file:
                self._give(file.fileno())
                file.write(message.text.translate(PLAIN).encode("utf-16"))
                file.flush()
                os.fsync(file.fileno())
            draft.rename(self._folder / f"OUTC{stamp}_00_{message.to}_{message.id}.txt")
