"""The local inbox: a Maildir that holds mail and text messages alike; any mail reader opens it.

The file of a message is named after its id: a message delivered twice is there once. Files are
0600 in 0700 folders.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC
from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import SMTP
from email.utils import parsedate_to_datetime
from pathlib import Path

from espace_tui.activation.mail.deliveries.mime import build_message
from espace_tui.activation.mail.delivery import OutgoingMessage
from espace_tui.local import private_files
from espace_tui.model.grants import Message
from espace_tui.model.values import Channel

_CHANNEL = "X-Channel"
_BOXES = ("tmp", "new", "cur")


class Maildir:
    """A Delivery that writes into a folder, and the Inbox that reads it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: dict[str, Message] = {}
        self._is_ready = False

    async def send(self, message: OutgoingMessage) -> None:
        """Store one message; raises `Unreachable` with one of the ``store-…`` codes."""
        await asyncio.to_thread(self._deliver, message)

    async def messages(self) -> tuple[Message, ...]:
        """Return what was delivered, oldest first."""
        return await asyncio.to_thread(self._all)

    def _deliver(self, message: OutgoingMessage) -> None:
        if not self._is_ready:
            for box in ("", *_BOXES):
                private_files.ensure_folder(self._path / box)
            self._is_ready = True
        name = f"{int(message.sent_at.timestamp())}.{message.id}.espace-tui"
        draft, final = (self._path / box / name for box in ("tmp", "new"))
        content = to_bytes(message)
        with private_files.os_errors():
            is_there = final.exists() and final.read_bytes() == content
            is_read = any(_name(path) == name for path in (self._path / "cur").iterdir())
        if not is_there and not is_read:
            private_files.write_atomic(final, content, draft=draft)

    def _all(self) -> tuple[Message, ...]:
        private_files.refuse_loose(self._path)
        with private_files.os_errors():
            paths = [*self._path.glob("new/*"), *self._path.glob("cur/*")]
            found = {_name(path): path for path in paths}
            self._read = {
                name: self._read.get(name) or from_bytes(path.read_bytes())
                for name, path in found.items()
            }
        ordered = sorted(self._read.items(), key=lambda item: (item[1].sent_at, item[0]))
        return tuple(message for _, message in ordered)


def to_bytes(outgoing: OutgoingMessage) -> bytes:
    """Return a message as the bytes of a mail file: its text only, and its channel."""
    message = build_message(replace(outgoing, html=None))
    message[_CHANNEL] = outgoing.channel.value
    return message.as_bytes(policy=SMTP.clone(linesep="\n"))


def from_bytes(raw: bytes) -> Message:
    """Return the message of a file."""
    message = message_from_bytes(raw)
    said = {name: str(make_header(decode_header(value))) for name, value in message.items()}
    body = message.get_payload(decode=True)
    return Message(
        to=said.get("To", ""),
        channel=Channel(said.get(_CHANNEL, Channel.EMAIL.value)),
        subject=said.get("Subject", ""),
        sent_at=parsedate_to_datetime(said["Date"]).astimezone(UTC),
        text=body.decode("utf-8", "replace").rstrip("\n") if isinstance(body, bytes) else "",
        sender=said.get("From", ""),
    )


def _name(path: Path) -> str:
    return path.name.partition(":")[0]
