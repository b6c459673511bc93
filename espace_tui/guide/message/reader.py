"""The reader process: bytes of a message on its input, a small JSON on its output, nothing else.

Before it reads the first byte it gives up memory, time, files, sockets and processes (where the
system knows such limits). Whatever the standard library then raises ends it with a code that is not
zero, and its parent says that the message is unreadable.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Any

from espace_tui.guide.message.html_text import read_html
from espace_tui.guide.message.inspection import inspect, preview
from espace_tui.guide.message.letter import to_json
from espace_tui.guide.message.limits import (
    CPU_SECONDS,
    HEAD_BYTES,
    LISTED,
    MEMORY_BYTES,
    MESSAGE_BYTES,
    OUTPUT_BYTES,
)
from espace_tui.guide.message.mime import CHARSETS

READ, PASTE, LIST = "read", "paste", "list"
SEPARATOR = b"\n\x00\x00message\x00\x00\n"
"""What stands between the heads of messages that are to be listed."""


_SMALL = b"""From: =?utf-8?q?=C3=A9?= =?utf-8?b?w6k=?= <a@b.fr>
Date: Sun, 22 Nov 2026 10:00:00 +0100
Content-Type: multipart/mixed; boundary=a

--a
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: base64

YQ==
--a--
"""


def answer(task: str, data: bytes, believed: Sequence[str] = ()) -> bytes:
    """Do a task; return JSON of at most `OUTPUT_BYTES`."""
    if task == LIST:
        heads = data.split(SEPARATOR)[:LISTED]
        rows = [[each[:60] for each in preview(head[:HEAD_BYTES])] for head in heads]
        return _fitted({"messages": rows}, "messages")
    letter = to_json(inspect(data[:MESSAGE_BYTES], believed, is_paste=task == PASTE))
    return _fitted(letter, "text")


def main() -> None:  # pragma: no cover — in a process that nobody measures
    """Read a message with all limits set; the task and the servers believed are the arguments."""
    _load_what_is_needed()
    _give_up_everything()
    try:
        data = sys.stdin.buffer.read(MESSAGE_BYTES + HEAD_BYTES)
        sys.stdout.buffer.write(answer(sys.argv[1], data, sys.argv[2:]))
        sys.stdout.flush()
    except Exception:  # noqa: BLE001 — the outermost frame, and what it read is nobody's to know
        sys.exit(1)


def _fitted(found: dict[str, Any], longest: str) -> bytes:
    """Return JSON that fits: what is longest in it is cut until it does."""
    while True:
        written = json.dumps(found, ensure_ascii=True, separators=(",", ":")).encode("ascii")
        if len(written) <= OUTPUT_BYTES:
            return written
        found = {**found, longest: found[longest][: len(found[longest]) * 3 // 4]}


def _load_what_is_needed() -> None:
    """Import what the standard library imports when it first needs it: later no file opens."""
    for charset in (*CHARSETS, "utf-8-sig", "latin-1", "raw-unicode-escape"):
        "a".encode(charset)
    read_html("<p>&eacute;")
    answer(READ, _SMALL)


def _give_up_everything() -> None:  # pragma: no cover — it cannot be undone in a test
    """Set limits that cannot be raised again; a system without them has the parent's clock."""
    try:
        import resource  # noqa: PLC0415 — there is none on Windows
    except ImportError:
        return
    limits = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 3,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
    }
    for limit, value in limits.items():
        resource.setrlimit(limit, (value, value))
