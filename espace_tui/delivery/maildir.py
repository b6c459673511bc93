"""The local inbox: a Maildir that holds mail and text messages alike, any mail reader opens it.

A letter's file is named after its id: delivered twice, it is there once. Files are 0600 in 0700
folders. The standard library's mail modules are slow to load: only who writes or reads pays.
"""

from __future__ import annotations

import asyncio
import os
import time
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING

from espace_tui.activation import private
from espace_tui.activation.delivery import Letter
from espace_tui.session import Channel, Message

if TYPE_CHECKING:
    from email.message import EmailMessage

_CHANNEL = "X-Channel"


class Maildir:
    """A Delivery that writes into a folder, and the Inbox that reads it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def send(self, letter: Letter) -> None:
        """Deliver one letter; raises `Unreachable` with one of the ``store-…`` codes."""
        await asyncio.to_thread(self._write, letter)

    async def messages(self) -> tuple[Message, ...]:
        """Return what was delivered, oldest first."""
        return await asyncio.to_thread(self._read)

    def _write(self, letter: Letter) -> None:
        for name in ("", "tmp", "new", "cur"):
            private.folder(self._path / name)
        if any(self._path.glob(f"[nc][eu][wr]/*.{letter.id}.*")):
            return
        name = f"{time.time_ns():020}.{letter.id}.espace-tui"
        private.write_new(self._path / "tmp" / name, _made(letter).as_string())
        with private.told():
            (self._path / "tmp" / name).rename(self._path / "new" / name)
            _settle(self._path / "new")

    def _read(self) -> tuple[Message, ...]:
        private.refuse_loose(self._path)
        with private.told():
            paths = [*self._path.glob("new/*"), *self._path.glob("cur/*")]
            found = [(path.name, _parsed(path)) for path in paths]
        return tuple(message for _, message in sorted(found, key=lambda f: (f[1].sent_at, f[0])))


def _made(letter: Letter) -> EmailMessage:
    from email.message import EmailMessage  # noqa: PLC0415 — slow to load
    from email.policy import default  # noqa: PLC0415 — slow to load
    from email.utils import format_datetime  # noqa: PLC0415 — slow to load

    message = EmailMessage(default.clone(utf8=False, max_line_length=78))
    message["From"] = letter.sender
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.sent_at)
    message["Message-ID"] = f"<{letter.id}@espace-tui.invalid>"
    message["Content-Language"] = letter.language
    message[_CHANNEL] = letter.channel.value
    message.set_content(letter.text, cte="quoted-printable")
    return message


def _parsed(path: Path) -> Message:
    from email import message_from_bytes  # noqa: PLC0415 — slow to load
    from email.policy import default  # noqa: PLC0415 — slow to load
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 — slow to load

    message = message_from_bytes(path.read_bytes(), policy=default)
    body = message.get_body(("plain",))
    return Message(
        to=str(message["To"]),
        channel=Channel(str(message.get(_CHANNEL, "email"))),
        subject=str(message["Subject"]),
        sent_at=parsedate_to_datetime(str(message["Date"])).astimezone(UTC),
        text=body.get_content().rstrip("\n") if body else "",
        sender=str(message["From"]),
    )


def _settle(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
