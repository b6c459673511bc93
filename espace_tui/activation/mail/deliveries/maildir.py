"""The local inbox: a Maildir that holds mail and text messages alike; any mail reader opens it.

A letter's file is named after its id: delivered twice, it is there once. Files are 0600 in 0700
folders. Letters are written by hand (RFC 5322, RFC 2047): the standard library's mail modules are
slow to load and to write, and only who reads needs them.
"""

from __future__ import annotations

import asyncio
from base64 import b64encode
from binascii import b2a_qp
from datetime import UTC, datetime
from pathlib import Path

from espace_tui.activation.mail.delivery import Letter
from espace_tui.local import private_files
from espace_tui.model.grants import Message
from espace_tui.model.values import Channel

_CHANNEL = "X-Channel"
_BOXES = ("tmp", "new", "cur")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WORD = 42  # bytes of UTF-8 in an encoded word: under 75 characters once in base64


class Maildir:
    """A Delivery that writes into a folder, and the Inbox that reads it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: dict[str, Message] = {}
        self._is_ready = False

    async def send(self, letter: Letter) -> None:
        """Deliver one letter; raises `Unreachable` with one of the ``store-…`` codes."""
        await asyncio.to_thread(self._deliver, letter)

    async def messages(self) -> tuple[Message, ...]:
        """Return what was delivered, oldest first."""
        return await asyncio.to_thread(self._all)

    def _deliver(self, letter: Letter) -> None:
        if not self._is_ready:
            for box in ("", *_BOXES):
                private_files.ensure_folder(self._path / box)
            self._is_ready = True
        name = f"{int(letter.sent_at.timestamp())}.{letter.id}.espace-tui"
        draft, final = (self._path / box / name for box in ("tmp", "new"))
        content = written(letter)
        with private_files.os_errors():
            is_there = final.exists() and final.read_bytes() == content
            is_read = any(_name(path) == name for path in (self._path / "cur").iterdir())
        if not is_there and not is_read:
            private_files.write_atomic(draft, final, content)

    def _all(self) -> tuple[Message, ...]:
        private_files.refuse_loose(self._path)
        with private_files.os_errors():
            paths = [*self._path.glob("new/*"), *self._path.glob("cur/*")]
            found = {_name(path): path for path in paths}
            self._read = {
                name: self._read.get(name) or read(path.read_bytes())
                for name, path in found.items()
            }
        ordered = sorted(self._read.items(), key=lambda item: (item[1].sent_at, item[0]))
        return tuple(message for _, message in ordered)


def written(letter: Letter) -> bytes:
    """Return a letter as the bytes of a message file."""
    headers = {
        "From": letter.sender,
        "To": letter.to,
        "Subject": letter.subject,
        "Date": _date(letter.sent_at),
        "Message-ID": f"<{letter.id}@espace-tui.invalid>",
        "Content-Language": letter.language,
        _CHANNEL: letter.channel.value,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "quoted-printable",
    }
    head = "".join(f"{name}: {_header(value)}\n" for name, value in headers.items())
    return head.encode() + b"\n" + b2a_qp(letter.text.encode(), istext=True) + b"\n"


def read(raw: bytes) -> Message:
    """Return the message of a file."""
    from email import message_from_bytes  # noqa: PLC0415 — slow to load
    from email.header import decode_header, make_header  # noqa: PLC0415 — slow to load
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 — slow to load

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


def _date(moment: datetime) -> str:
    at = moment.astimezone(UTC)
    day = f"{_DAYS[at.weekday()]}, {at.day} {_MONTHS[at.month - 1]} {at.year}"
    return f"{day} {at:%H:%M:%S} +0000"


def _header(value: str) -> str:
    """Return a header's value; what is not ASCII is encoded, up to the address if there is one."""
    line = value.replace("\r", " ").replace("\n", " ")
    if line.isascii():
        return line
    words, address, rest = line.partition(" <")
    return "\n ".join(_encoded_words(words)) + address + rest


def _encoded_words(text: str) -> list[str]:
    parts = [""]
    for character in text:
        if len((parts[-1] + character).encode()) > _WORD:
            parts.append("")
        parts[-1] += character
    return [f"=?utf-8?B?{b64encode(part.encode()).decode()}?=" for part in parts]
