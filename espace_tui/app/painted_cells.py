r"""Writes to the terminal the cells that change, and no others.

Textual paints whole widgets again: every side of a frame for one letter, the whole page for a move
of the focus. A slow line shows it, and a screen reader reads all of it. So the driver hands each
frame to `PaintedCells`, which remembers what stands where, and writes what remains of it.

    >>> painted = PaintedCells(lambda text: print(ascii(text)))
    >>> painted.paint("\x1b[1;1Hone\x1b[2;1Htwo\x1b[2;1H")
    '\x1b[1;1Hone\x1b[2;1Htwo\x1b[2;1H'
    >>> painted.paint("\x1b[1;1Hone\x1b[2;1Htoo\x1b[2;1H")
    '\x1b[2;2Ho\x1b[2;1H'
    >>> painted.paint("\x1b[2;1Htoo\x1b[2;1H")

What is no frame (modes, questions, a bell) goes through untouched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import repeat

from rich.cells import cell_len

SYNC_START, SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
"""What begins and ends a frame where the terminal can wait for a whole one."""
SHORTEST_GAP = 4
"""Unchanged cells between two changes that are written rather than jumped over."""

_PART = re.compile(
    r"\x1b\[(?P<row>\d+);(?P<column>\d+)H|\x1b\[(?P<style>[\d;]*)m"
    r"|(?P<text>[^\x00-\x1f\x7f-\x9f]+)|\n"
)
_PAINTS = re.compile(r"\x1b\[[\d;]*[HmJK]")
_NARROW = re.compile(r"[ -~\xa0-\u02ff\u2010-\u2027\u202f\u2190-\u21ff\u2500-\u25ff]*")
_STYLE_PART = re.compile(
    r"(?P<ground>48;(?:5;\d+|2;\d+;\d+;\d+)|4[0-79]|10[0-7])|38;(?:5;\d+|2;\d+;\d+;\d+)|\d+"
)
_SHOWS_ON_SPACES = frozenset({"4", "7", "9", "21", "53"})
"""Underlines, lines through or over, and colours the other way round."""
_RESETS = frozenset({"", "0"})

Cell = tuple[str, str]
"""A character (none right of a wide one) and the numbers of its style."""
Row = list[Cell | None]
"""The cells of a row; `None` where it is not known what the terminal shows."""


class PaintedCells:
    """What the terminal shows, as far as it is known, and what it should show."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self.write = write
        self._shown: dict[int, Row] = {}
        self._wanted: dict[int, Row] = {}
        self._shown_cursor = self._cursor = (0, 0)
        self._synchronised = False

    def forget(self) -> None:
        """Know nothing any more: all is about to be painted again, maybe in another size."""
        self._shown, self._wanted, self._shown_cursor = {}, {}, (0, 0)

    def paint(self, data: str) -> None:
        """Write what `data` changes of what the terminal shows."""
        if data in {SYNC_START, SYNC_END}:
            self._synchronised = True  # each frame is written with its own
            return
        if not _PAINTS.search(data):
            self.write(data)
            return
        parts = [*_PART.finditer(data)]
        if sum(part.end() - part.start() for part in parts) != len(data):
            self._shown = {}  # it holds something else: who knows what it does
            self.write(data)
            return
        self._take(parts)
        if difference := self._difference():
            self.write(difference)

    def _take(self, parts: list[re.Match[str]]) -> None:
        """Remember what is to be shown."""
        style, (row, column) = "", self._cursor
        for part in parts:
            match part.lastgroup:
                case "column":
                    row, column = int(part["row"]), int(part["column"])
                case "style":
                    style = "" if part["style"] in _RESETS else part["style"]
                case "text":
                    if row not in self._wanted:
                        self._wanted[row] = [*self._shown.get(row, ())]
                    column = _put(self._wanted[row], column, part["text"], style)
        self._cursor = (row, column)

    def _difference(self) -> str:
        rows, self._wanted = self._wanted, {}
        changed, style = "", ""
        for number, row in sorted(rows.items()):
            written, style = _changes(number, self._shown.get(number, []), row, style)
            changed += written
        changed += "\x1b[0m" if style else ""
        self._shown |= rows
        moved, self._shown_cursor = self._cursor != self._shown_cursor, self._cursor
        if not (changed or moved):
            return ""
        written = changed + "\x1b[{};{}H".format(*self._cursor)
        return SYNC_START + written + SYNC_END if changed and self._synchronised else written


def _put(cells: Row, column: int, text: str, style: str) -> int:
    """Put a text in a row from a column, counted from 1; return the column after it."""
    new: Row
    if _NARROW.fullmatch(text):
        new = [*zip(text, repeat(style), strict=False)]
    else:
        new = []
        for character in text:
            width = cell_len(character)
            if not width and new and new[-1]:
                new[-1] = (new[-1][0] + character, style)
            new += [(character, style), ("", style)][:width]
    if " " in text and (blank := blank_style(style)) != style:
        new = [(" ", blank) if cell and cell[0] == " " else cell for cell in new]
    start = column - 1
    cells += [None] * (start - len(cells))
    end = start + len(new)
    for seam, half in ((start, start - 1), (end, end)):  # of a wide character cut in two
        if start < len(cells) and (at := cells[seam : seam + 1]) and at[0] and not at[0][0]:
            cells[half] = None
    cells[start:end] = new
    return column + len(new)


@lru_cache(maxsize=256)
def blank_style(style: str) -> str:
    """Return what a style shows on a space: its ground, unless it has lines or is reversed."""
    parts = [*_STYLE_PART.finditer(style)]
    if any(part[0] in _SHOWS_ON_SPACES for part in parts):
        return style
    return ";".join(part["ground"] for part in parts if part["ground"])


def _changes(number: int, before: Row, after: Row, style: str) -> tuple[str, str]:
    """Return what turns a row into another, and the style that is then in force."""
    if before == after:
        return "", style
    before = before + [None] * (len(after) - len(before))
    changed = [index for index, cell in enumerate(after) if cell and cell != before[index]]
    if not all(len(cell[0]) == 1 for cell in (*before, *after) if cell):
        changed = [index for index, cell in enumerate(after) if cell]  # of doubtful widths
    written, last = "", -SHORTEST_GAP - 1
    for index in changed:
        near = index - last <= SHORTEST_GAP and all(after[last + 1 : index])
        if not near:
            written += f"\x1b[{number};{index + 1}H"
        for character, wanted in filter(None, after[last + 1 if near else index : index + 1]):
            if wanted != style and not (character == " " and blank_style(style) == wanted):
                written += f"\x1b[0;{wanted}m" if style and wanted else f"\x1b[{wanted}m"
                style = wanted
            written += character
        last = index
    return written, style
