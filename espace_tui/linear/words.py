r"""Plain words for a screen reader, a Braille line or a pipe: clean, short, nothing drawn.

>>> clean("one\x1b[31m two\x07\u202e")
'one[31m two'
>>> unveiled("• •• •• •• ••• ••• 38", "hidden"), unveiled("ch•••@exemple.fr", "hidden")
('hidden 38', 'ch hidden @exemple.fr')
"""

from __future__ import annotations

import re
import textwrap

WIDTH = 72
"""Columns at most."""
NARROW = 20
"""Columns at least, however narrow the screen is."""
_WITHIN_A_NUMBER = re.compile("(?<=[0-9]) (?=[0-9])")
_MASK = re.compile("[ •]*•[ •]*")
_DRAWN = re.compile("[─-▟]")


def clean(text: str) -> str:
    """Return a text without anything that a terminal could obey or draw with; lines are kept."""
    flat = text.replace("\t", " ").replace("\u2028", "\n").replace("\u2029", "\n")
    shown = "".join(c for c in flat if c.isprintable() or c in "\n\u00a0\u202f")
    return _DRAWN.sub("-", shown)


def wrapped(text: str, indent: str = "", width: int = WIDTH) -> list[str]:
    """Return the lines of a text, which cut neither a number nor at a no-break space."""
    lines: list[str] = []
    for line in _WITHIN_A_NUMBER.sub("\u00a0", clean(text)).split("\n"):
        lines += textwrap.wrap(line, width, subsequent_indent=indent, break_on_hyphens=False) or [
            ""
        ]
    return [plain(line) for line in lines]


def plain(text: str) -> str:
    """Return a text whose no-break spaces are plain: a dumb terminal may not have them."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").rstrip()


def unveiled(text: str, word: str) -> str:
    """Return a masked answer with a word in the place of its dots, which say nothing aloud."""
    return _MASK.sub(f" {word} ", text).strip()
