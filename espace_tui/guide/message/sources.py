"""Where a message comes from: a file, a folder, a mailbox, a pipe.

All is opened once and never written to. A folder is a Maildir (`new` and `cur`, nothing is marked
as seen) or holds ``.eml`` and ``.emlx`` files; a file is one message, or an mbox of many, of which
the newest 200 can be chosen. A link that leads out of a folder is not followed, a FIFO or a device
is not read, and what is without end is read to a bound.
"""

from __future__ import annotations

import os
import stat
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from espace_tui.errors import InvalidValue
from espace_tui.guide.message.limits import (
    ENTRIES,
    HEAD_BYTES,
    LISTED,
    MAILBOX_BYTES,
    MESSAGE_BYTES,
)

Progress = Callable[[int, int], None]
"""Called now and then with what was searched and what is to be searched, in bytes."""

_CHUNK = 4 * 1024 * 1024
_MESSAGE_FILES = (".eml", ".emlx")
_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "outlook"),
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "image"),
)
_RIFF, _FTYP = b"RIFF", b"ftyp"
_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\t\n\f\r\x1b"})
_MOST_CONTROLS = 0.05
"""The share of control characters above which bytes are no text: of any bytes, a tenth are."""
_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""What begins a text whose characters are of two bytes: half of them may be zero."""
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
_FLAGS |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class MessageSource(Protocol):
    """Messages, newest first."""

    @property
    def total(self) -> int:
        """How many messages there are."""
        ...

    @property
    def listed(self) -> int:
        """How many of them can be chosen."""
        ...

    def head(self, index: int) -> bytes:
        """Return the beginning of a message, to list it."""
        ...

    def message(self, index: int) -> bytes:
        """Return a message; raises `InvalidValue` if it is too long or no text."""
        ...


@dataclass(frozen=True, slots=True)
class OneMessage:
    """A file, a pipe or a paste that is one message."""

    data: bytes
    total: int = 1
    listed: int = 1

    def head(self, index: int) -> bytes:
        """Return its beginning."""
        return self.message(index)[:HEAD_BYTES]

    def message(self, _index: int) -> bytes:
        """Return it."""
        return self.data


class Mbox:
    """An mbox file, by the places where its newest messages begin."""

    def __init__(self, file: BinaryIO, starts: Sequence[int], end: int, total: int) -> None:
        self._file = file
        self._spans = [*zip(starts, [*starts[1:], end], strict=True)][::-1]
        self.total = total
        self.listed = len(self._spans)

    def head(self, index: int) -> bytes:
        """Return the beginning of a message."""
        return self._read(index, HEAD_BYTES)

    def message(self, index: int) -> bytes:
        """Return a message."""
        return _readable(self._read(index, MESSAGE_BYTES + 1))

    def _read(self, index: int, most: int) -> bytes:
        start, end = self._spans[index]
        self._file.seek(start)
        return self._file.read(min(most, end - start))


class Folder:
    """A Maildir, or a folder of message files; `names` are relative to it, newest first."""

    def __init__(self, descriptor: int, names: Sequence[tuple[str, str]], total: int) -> None:
        self._descriptor = descriptor
        self._names = names
        self.total = total
        self.listed = len(names)

    def head(self, index: int) -> bytes:
        """Return the beginning of a message."""
        return self._read(index, HEAD_BYTES)

    def message(self, index: int) -> bytes:
        """Return a message."""
        return _readable(self._read(index, MESSAGE_BYTES + 1))

    def _read(self, index: int, most: int) -> bytes:
        folder, name = self._names[index]
        with _folder(folder, self._descriptor) as place:
            descriptor = _opened(name, _NO_LINK, place)
            with os.fdopen(descriptor, "rb") as file:
                return file.read(most)


@contextmanager
def open_source(path: Path, progress: Progress | None = None) -> Iterator[MessageSource]:
    """Open what a path names; raises `InvalidValue` for what cannot be read, saying why."""
    if _kind(path) == "folder":
        with _folder(str(path), None, link=True) as descriptor:
            yield _read_folder(descriptor)
    else:
        with os.fdopen(_opened(str(path)), "rb", buffering=0) as raw:
            yield _read_file(raw, progress)


def from_bytes(data: bytes) -> OneMessage:
    """Return what a pipe or a paste holds as a source."""
    _refuse_other_formats(data[:16])
    return OneMessage(_readable(data))


def read_input() -> OneMessage:
    """Read one message from the standard input, to a bound."""
    return from_bytes(sys.stdin.buffer.read(MESSAGE_BYTES + 1))


# --- files


def _kind(path: Path) -> str:
    """Return whether a path is a file or a folder; a device or a FIFO is not even opened."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise InvalidValue("message.not-there") from None
    except (OSError, ValueError):
        raise InvalidValue("message.not-readable") from None
    if stat.S_ISDIR(mode):
        return "folder"
    if not stat.S_ISREG(mode):
        raise InvalidValue("message.not-a-file")
    return "file"


def _opened(name: str, flags: int = 0, folder: int | None = None) -> int:
    """Open a regular file to be read, without noting that it was, where that is possible."""
    quiet = getattr(os, "O_NOATIME", 0)
    try:
        try:
            descriptor = os.open(name, _FLAGS | flags | quiet, dir_fd=folder)
        except PermissionError:
            descriptor = os.open(name, _FLAGS | flags, dir_fd=folder)
    except OSError:
        raise InvalidValue("message.not-readable") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise InvalidValue("message.not-a-file")
    return descriptor


def _read_file(file: BinaryIO, progress: Progress | None) -> MessageSource:
    head = file.read(16)
    _refuse_other_formats(head)
    size = os.fstat(file.fileno()).st_size
    if head.startswith(b"From "):
        starts, total = _message_starts(file, size, progress)
        if len(starts) > 1:
            return Mbox(file, starts, size, total)
    file.seek(0)
    return OneMessage(_readable(_read_up_to(file, MESSAGE_BYTES + 1)))


def _read_up_to(file: BinaryIO, most: int) -> bytes:
    """Return a file's bytes, at most so many: an unbuffered read may give less than it is asked."""
    found = bytearray()
    while len(found) < most and (piece := file.read(most - len(found))):
        found += piece
    return bytes(found)


def _message_starts(file: BinaryIO, size: int, progress: Progress | None) -> tuple[list[int], int]:
    """Return where the newest messages of an mbox begin, and how many there are."""
    begin = max(0, size - MAILBOX_BYTES)
    starts: deque[int] = deque([0] if begin == 0 else [], maxlen=LISTED)
    total, at, tail = len(starts), begin, b""
    file.seek(begin)
    while piece := file.read(_CHUNK):
        window, first = tail + piece, at - len(tail)
        found = -1
        while (found := window.find(b"\nFrom ", found + 1)) >= 0:
            if (
                window[max(0, found - 1) : found] == b"\n"
                or window[max(0, found - 2) : found] == b"\n\r"
            ):
                starts.append(first + found + 1)
                total += 1
        tail = window[-7:]
        tail = tail if b"\nFrom " not in tail else b""
        at += len(piece)
        if progress:
            progress(at - begin, size - begin)
    return [*starts], total


def _readable(data: bytes) -> bytes:
    """Return what may be a message; refuse what is too long, or no text."""
    if len(data) > MESSAGE_BYTES:
        raise InvalidValue("message.too-large", megabytes=MESSAGE_BYTES // 1024**2)
    head = data[:HEAD_BYTES]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > _MOST_CONTROLS * len(head) and not head.startswith(_WIDE):
        raise InvalidValue("message.is-binary")
    return data


def _refuse_other_formats(head: bytes) -> None:
    """Refuse what is no message, saying how to save it as one."""
    for start, name in _FORMATS:
        if head.startswith(start):
            raise InvalidValue(f"message.is-{name}")
    if head.startswith(_RIFF) or head[4:8] == _FTYP:
        raise InvalidValue("message.is-image")


# --- folders


@contextmanager
def _folder(name: str, parent: int | None, *, link: bool = False) -> Iterator[int]:
    """Open a folder, not through a link unless it is the one that was named."""
    flags = _FLAGS | getattr(os, "O_DIRECTORY", 0) | (0 if link else _NO_LINK)
    try:
        descriptor = os.open(name, flags, dir_fd=parent)
    except OSError:
        raise InvalidValue("message.not-readable") from None
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _read_folder(descriptor: int) -> Folder:
    found = [each for name in ("new", "cur") for each in _maildir_files(descriptor, name)]
    if not found:
        found = [each for each in _files(descriptor, ".") if _is_message_file(each[2])]
    if not found:
        raise InvalidValue("message.empty-folder")
    found.sort(reverse=True)
    return Folder(descriptor, [(folder, name) for _, folder, name in found[:LISTED]], len(found))


def _is_message_file(name: str) -> bool:
    return name.lower().endswith(_MESSAGE_FILES)


def _maildir_files(descriptor: int, name: str) -> list[tuple[int, str, str]]:
    try:
        with _folder(name, descriptor) as place:
            return [(when, name, file) for when, _, file in _files(place, ".")]
    except InvalidValue:
        return []


def _files(descriptor: int, label: str) -> list[tuple[int, str, str]]:
    """Return the regular files of a folder with their time, of the first `ENTRIES` names."""
    found = []
    with os.scandir(descriptor) as entries:
        for count, entry in enumerate(entries):
            if count >= ENTRIES:
                break
            if entry.name.startswith(".") or not entry.is_file(follow_symlinks=False):
                continue
            found.append((entry.stat(follow_symlinks=False).st_mtime_ns, label, entry.name))
    return found
