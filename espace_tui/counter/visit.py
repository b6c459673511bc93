r"""How a visit ended: words of closed lists, on one line from the person's process to the parent.

Nothing else can be said on that line, so that nothing personal can be: the parent reads any bytes,
and what is not such a line is a visit of which nothing is known. The decision is in no list.

    >>> parse_line(b"end=finished posture=beside face=visual\n").words["end"]
    'finished'
    >>> parse_line(b"end=\x1b]52;c;aGVsbG8=\x07").words
    {'end': 'unknown'}
    >>> parse_line(b"end=broken reference=ABCD-2345\n").reference
    'ABCD-2345'
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

WORDS: Mapping[str, tuple[str, ...]] = {
    "end": (
        *("finished", "later", "contacts", "unreadable", "fraud", "elsewhere", "other"),
        *("absent", "erased", "cleared", "left", "practised", "broken", "unknown"),
    ),
    "posture": ("beside", "for-them", "absent"),
    "purpose": ("official", "oppose", "find", "child", "message", "here"),
    "reached": ("greeting", "preparing", "message", "site", "activation"),
    "autonomy": ("guided", "helped", "alone"),
    "face": ("visual", "linear"),
    "language": ("fr", "en"),
    "span": ("under-15", "15-30", "30-60", "over-60"),
    "screen": ("other",),
}
"""Every word that a visit may be counted under, by what it tells; ``reached`` in order."""
_REFERENCE = re.compile(r"reference=([2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4})")
"""The name of a bug, made of lines of our own code (`local.crash`); said, and never counted."""
LINE_BYTES = 200
_SPANS = ((15 * 60, "under-15"), (30 * 60, "15-30"), (60 * 60, "30-60"))


def span_of(seconds: float) -> str:
    """Return how long a visit took, in one of four words."""
    return next((word for limit, word in _SPANS if seconds < limit), "over-60")


@dataclass(frozen=True, slots=True)
class Visit:
    """What is known of a visit that is over."""

    words: Mapping[str, str]
    reference: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether somebody was served, as far as one knows."""
        return "reached" in self.words or self.words["end"] in {"broken", "unknown"}

    def line(self) -> bytes:
        """Return the line that says it."""
        words = [f"{key}={word}" for key, word in self.words.items()]
        said = f"reference={self.reference}"
        return " ".join([*words, *([said] if self.reference else [])]).encode() + b"\n"


UNKNOWN = Visit({"end": "unknown"})


def parse_line(data: bytes) -> Visit:
    """Return the visit that some bytes say; `UNKNOWN` for whatever is not one whole line of it."""
    line, end, rest = data.partition(b"\n")
    if not end or rest or len(data) > LINE_BYTES or not line.isascii():
        return UNKNOWN
    words: dict[str, str] = {}
    *pairs, last = line.decode("ascii").split(" ")
    named = _REFERENCE.fullmatch(last)
    for pair in pairs if named else (*pairs, last):
        key, _, word = pair.partition("=")
        if key in words or word not in WORDS.get(key, ()):
            return UNKNOWN
        words[key] = word
    return Visit(words, named[1] if named else "") if "end" in words else UNKNOWN


class VisitRecord:
    """What a visit will be counted under, noted while it lasts; only words of the lists."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}

    def note(self, key: str, word: str) -> None:
        """Note a word; one that is in no list is a bug. What was reached is the furthest."""
        if word not in WORDS[key]:
            raise ValueError(key)
        if key == "reached" and WORDS[key].index(word) < WORDS[key].index(self.get(key) or word):
            return
        self._words[key] = word

    def get(self, key: str) -> str:
        """Return what was noted; empty before."""
        return self._words.get(key, "")

    def ended(self, end: str) -> Visit:
        """Return the visit, ended in some manner unless one was noted."""
        return Visit({"end": self.get("end") or end} | self._words)
