r"""How a file is encoded, as most of its lines say; and what is no text at all, named.

Beside UTF-8, the three ways in which spreadsheets still write: Windows-1252, MacRoman, and the DOS
code page. They differ in their accented letters only: the one that gives the most French letters
is the one.

>>> guess([b"Zo\x8e;Ren\x8e"]), guess([b"Zo\xe9"]), guess([b"Zo\x82"])
('mac-roman', 'cp1252', 'cp850')
"""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from espace_tui.operating.sheet.errors import BadFileError, FilePosition
from espace_tui.operating.sheet.lines import byte_lines

MARK = b"\xef\xbb\xbf"
EIGHT_BITS = ("cp1252", "mac-roman", "cp850")
_SAMPLE = 5_000
_ACCENTED = re.compile(rb"([A-Z]?[A-Z]?)([\x80-\xff])")
_SMALL = "àâäæçéèêëîïôöœùûüÿñ"
_OTHERS = _SMALL.upper() + "’«»°€–"
_ALONE = 2
_NO_TEXT = {
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"PK\x03\x04": "archive",
    b"\xd0\xcf\x11\xe0": "old-excel",
    b"%PDF": "pdf",
    b"\x1f\x8b": "archive",
}


def look_through(path: Path) -> tuple[str, str]:
    """Return the digest of a file and its encoding; raises `BadFileError`, `OSError`."""
    _refuse_what_is_no_text(path)
    digest, utf_8, other_lines = hashlib.sha256(), 0, 0
    others: list[bytes] = []
    with path.open("rb") as file:
        while block := file.read(1 << 16):
            digest.update(block)
        for line in byte_lines(file, FilePosition()):
            if line.raw.isascii() or line.is_long:
                continue
            if is_utf_8(line.raw):
                utf_8 += 1
            else:
                other_lines += 1
                if len(others) < _SAMPLE:
                    others.append(line.raw)
    return digest.hexdigest(), "utf-8" if utf_8 >= other_lines else guess(others)


def guess(lines: Sequence[bytes]) -> str:
    """Return the encoding of lines that are not UTF-8."""
    return max(EIGHT_BITS, key=lambda name: sum(_likeness(raw, name) for raw in lines))


def is_utf_8(raw: bytes) -> bool:
    """Tell whether bytes are UTF-8."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def decoded(raw: bytes, encoding: str) -> str:
    """Return the text of a line; raises `UnicodeDecodeError`.

    Among lines of eight bits, one that is UTF-8 beyond ASCII was pasted from elsewhere.
    """
    if encoding != "utf-8" and not raw.isascii() and is_utf_8(raw):
        return raw.decode()
    return raw.decode(encoding)


def _likeness(raw: bytes, encoding: str) -> int:
    """Tell how French the accented letters of a line are: capitals within capitals only."""
    found = 0
    for before, byte in _ACCENTED.findall(raw):
        letter = byte.decode(encoding, "replace")
        is_capital = len(before) == _ALONE
        if letter in (_OTHERS if is_capital else _SMALL):
            found += 3
        elif letter in _SMALL or letter in _OTHERS:
            found += 1
        else:
            found -= 3
    return found


def _refuse_what_is_no_text(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(64)
    kind = next((name for mark, name in _NO_TEXT.items() if head.startswith(mark)), "")
    if kind == "archive" and zipfile.is_zipfile(path):
        kind = _kind_of_archive(path)
    if not kind and b"\0" in head:
        kind = "utf-16" if head[1::2].count(0) + head[::2].count(0) > len(head) // 4 else "binary"
    if kind:
        raise BadFileError(kind)


def _kind_of_archive(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    return "ods" if "content.xml" in names else "archive"
