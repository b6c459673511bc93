"""The parent of the reader process: it hands over bytes, and checks what comes back.

The child is isolated (``-I -S``: no environment, no user folder, no site); it is told where this
package and its one dependency are. Whatever goes wrong in there is one thing here: « unreadable ».
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import typing_extensions

import espace_tui
from espace_tui.errors import InvalidValue
from espace_tui.guide.message.letter import Letter, from_json
from espace_tui.guide.message.limits import LISTED, MESSAGE_BYTES, OUTPUT_BYTES, TOKEN, WALL_SECONDS
from espace_tui.guide.message.signs.authentication import BELIEVED
from espace_tui.guide.message.visible import line

BOOT = (
    "import gc, sys; gc.disable(); sys.path[:0] = sys.argv[1:3]; del sys.argv[1:3]; "
    "from espace_tui.guide.message.reader import main; main()"
)
SEPARATOR = b"\n\x00\x00message\x00\x00\n"


@dataclass(frozen=True, slots=True)
class Preview:
    """One line of a list of messages; `day` is ISO, or empty."""

    sender: str
    subject: str
    day: str


def read_letter(
    data: bytes, believed: Sequence[str] = BELIEVED, *, is_paste: bool = False
) -> Letter:
    """Read and judge a message; raises `InvalidValue` for what cannot be read."""
    if not data.strip():
        raise InvalidValue("message.empty")
    if len(data) > MESSAGE_BYTES:
        raise InvalidValue("message.too-large", megabytes=MESSAGE_BYTES // 1024**2)
    return from_json(_ask("paste" if is_paste else "read", data, believed))


def read_previews(heads: Sequence[bytes]) -> list[Preview]:
    """Return what can be told of the beginnings of messages, in their order."""
    found = _ask("list", SEPARATOR.join(heads[:LISTED]), ())
    rows = found.get("messages") if isinstance(found, dict) else None
    if not isinstance(rows, list):
        raise InvalidValue("message.unreadable")
    return [_preview(row) for row in rows]


def _preview(row: object) -> Preview:
    if not isinstance(row, list) or len(row) != 3 or not all(isinstance(each, str) for each in row):  # noqa: PLR2004 — a sender, a subject, a date
        raise InvalidValue("message.unreadable")
    return Preview(*(line(each, TOKEN) for each in row))


def _ask(task: str, data: bytes, believed: Sequence[str]) -> object:
    folders = [Path(espace_tui.__file__).parent.parent, Path(typing_extensions.__file__).parent]
    command = [sys.executable, "-I", "-S", "-c", BOOT, *map(str, folders), task, *believed]
    out = b""
    with suppress(subprocess.TimeoutExpired, OSError):
        ran = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            check=False,
            env={},
        )
        out = ran.stdout if ran.returncode == 0 and len(ran.stdout) <= OUTPUT_BYTES else b""
    try:
        return json.loads(out)
    except ValueError as error:
        raise InvalidValue("message.unreadable") from error
