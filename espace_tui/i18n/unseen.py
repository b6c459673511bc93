r"""Characters that are not seen, or that move what is seen: shown by name, escaped in JSON.

Control characters (C0 and C1), directions of writing, zero-width and private characters, fillers,
tags and lone surrogates. Whatever comes from outside may hold them: a mail, the header of a file, a
setting, the words of a database.

    >>> show_unseen("a\x1b]52;c;aGk=\x07b\u202ec")
    'a[U+001B]]52;c;aGk=[U+0007]b[U+202E]c'
    >>> escape_unseen('{"a": "é\x9b\u200b"}')
    '{"a": "é\\u009b\\u200b"}'
"""

from __future__ import annotations

import re
from functools import cache

_UNSEEN = (
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164"
    "\\ud800-\\udfff\\ue000-\\uf8ff\ufeff\uffa0\ufff0-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U0010ffff]"
)
"""One of them; line feeds, tabs and the spaces of typography are not."""


_ORDINARY = re.compile("[\t\n -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u202f]*")
"""Texts of which nothing is unseen: those of the first screen, that so wait for no long table."""


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_UNSEEN)


def has_unseen(text: str) -> bool:
    """Tell whether something of a text would not be seen."""
    return _pattern().search(text) is not None


def show_unseen(text: str) -> str:
    """Return a text on as many lines, with the name of each character that would not be seen."""
    if _ORDINARY.fullmatch(text):
        return text
    return _pattern().sub(_named, text.replace("\r\n", "\n"))


def escape_unseen(json_text: str) -> str:
    """Return JSON in which every such character is escaped."""
    return _pattern().sub(_escaped, json_text)


def _named(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"


def _escaped(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))
