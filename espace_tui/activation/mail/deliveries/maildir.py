"""The local inbox: a Maildir that holds mail and text messages alike; any mail reader opens it.

The file of a message is named after its id: a message delivered twice is there once. Files are
0600 in 0700 folders.
"""

from __future__ import annotations

import asyncio
import os
import stat
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message as MailMessage
from email.policy import SMTP
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path

from pydantic import TypeAdapter

from espace_tui.activation.mail.deliveries.mime import build_message
from espace_tui.activation.mail.delivery import OutgoingMessage
from espace_tui.local import private_files
from espace_tui.model.grants import Message, UnreadableMessage
from espace_tui.model.values import Channel, Moment

_CHANNEL = "X-Channel"
_BOXES = ("tmp", "new", "cur")
_LONGEST_MESSAGE = 1024 * 1024
_LATEST = 4_000_000_000.0
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_MOMENT = TypeAdapter[datetime](Moment)
_HEADERS = 200
_PARTS = 100
_AT_ONCE = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
MAIL_ERRORS = (
    AttributeError,
    LookupError,
    MessageError,
    OSError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What the standard library, and then a model, raise on a malformed mail."""


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
        for box in ("", *_BOXES):
            private_files.refuse_loose(self._path / box)
        with private_files.os_errors():
            paths = [*self._path.glob("new/*"), *self._path.glob("cur/*")]
            found = {_name(path): path for path in paths}
            self._read = {
                name: self._read.get(name) or _read_file(path) for name, path in found.items()
            }
        ordered = sorted(self._read.items(), key=lambda item: (item[1].sent_at, item[0]))
        return tuple(message for _, message in ordered)


def to_bytes(outgoing: OutgoingMessage) -> bytes:
    """Return a message as the bytes of a mail file: its text only, and its channel."""
    message = build_message(replace(outgoing, html=None))
    message[_CHANNEL] = outgoing.channel.value
    return message.as_bytes(policy=SMTP.clone(linesep="\n"))


def from_bytes(raw: bytes, arrived_at: datetime = _NEVER) -> Message:
    """Return the message of a file; what its date cannot say, its arrival does.

    What cannot be read of it is left out: a mail comes from anybody.
    """
    mail = message_from_bytes(raw)
    headers = reversed(mail.items()[:_HEADERS])
    said = defaultdict(str, {name.lower(): _decoded(value) for name, value in headers})
    channel = said[_CHANNEL.lower()]
    return Message(
        to=said["to"],
        channel=Channel(channel) if channel in set(Channel) else Channel.EMAIL,
        subject=said["subject"],
        sent_at=_moment(said["date"]) or arrived_at,
        text=_body(mail),
        sender=said["from"],
    )


def _decoded(value: object) -> str:
    try:
        text = str(make_header(decode_header(str(value))))
    except MAIL_ERRORS:
        text = str(value)
    return text.encode("utf-8", "replace").decode()


def _moment(text: str) -> datetime | None:
    try:
        return _MOMENT.validate_python(parsedate_to_datetime(text).astimezone(UTC))
    except MAIL_ERRORS:
        return None


def _body(mail: MailMessage) -> str:
    """Return the first text of a mail."""
    for part in islice(mail.walk(), _PARTS):
        if part.get_content_maintype() == "text":
            body = part.get_payload(decode=True)
            return body.decode("utf-8", "replace").rstrip("\n") if isinstance(body, bytes) else ""
    return ""


def _read_file(path: Path) -> Message:
    """Return the message of a file; one that nobody can read is an `UnreadableMessage`.

    Nothing is waited for: what is no ordinary file (a pipe, a device, a link) is not read.
    """
    changed_at = 0.0
    try:
        descriptor = os.open(path, os.O_RDONLY | _AT_ONCE)
        with os.fdopen(descriptor, "rb") as file:
            found = os.fstat(descriptor)
            changed_at = found.st_mtime
            if stat.S_ISREG(found.st_mode) and found.st_size <= _LONGEST_MESSAGE:
                return from_bytes(file.read(_LONGEST_MESSAGE), _moment_of(changed_at))
    except MAIL_ERRORS:
        pass
    moment = _moment_of(changed_at)
    return UnreadableMessage(to="", channel=Channel.EMAIL, subject="", sent_at=moment, text="")


def _moment_of(changed_at: float) -> datetime:
    return datetime.fromtimestamp(min(max(changed_at, 0.0), _LATEST), UTC)


def _name(path: Path) -> str:
    return path.name.partition(":")[0]
