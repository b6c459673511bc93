r"""What a number becomes on an AZERTY keyboard when Shift is forgotten: ``é((à_&'…``.

The row of digits gives signs and accented letters without Shift. What they would have given is
offered, never put in the answer's place. Two rows are known: that of France and that of Belgium.

    >>> meant("é (( à_ &' &-_ àé( \"_")
    '2 55 08 14 168 025 38'
    >>> meant("25508") is None
    True
"""

from __future__ import annotations

from espace_tui.validators import LINE

FRANCE = "&é\"'(-è_çà"
BELGIUM = "&é\"'(§è!çà"
_DIGITS = "1234567890"
_KEPT = frozenset("0123456789 .ABab")
_ENOUGH = 3
"""So many signs must be those of the row: a hyphen or an apostrophe alone is only a hyphen."""


def meant(text: str) -> str | None:
    """Return the digits that the same keys give with Shift; nothing if that explains nothing."""
    line = text.strip()[:LINE]
    for row in (FRANCE, BELGIUM):
        given = dict(zip(row, _DIGITS, strict=True))
        slipped = sum(c in given for c in line)
        letters = any(c in given for c in line if c not in "-'\"(_")
        if slipped >= _ENOUGH and letters and all(c in given or c in _KEPT for c in line):
            return "".join(given.get(c, c) for c in line)
    return None
