r"""An address to be typed by hand: in ordinary letters, large ones, and a QR code where it fits.

The drawings say nothing more than the letters beside them. The QR code is black on white whatever
the colours are, or no telephone reads it.

    >>> half_blocks([[1, 0], [1, 1], [0, 1]])
    '█▄\n ▀'
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest

import segno
from rich.style import Style
from rich.text import Text as RichText
from textual.widget import Widget
from textual.widgets import Static

from espace_tui.journey.form import SiteAddress
from espace_tui.widgets.flow import Placed, Stack
from espace_tui.widgets.text import Label

HEIGHT = 5
FONT = {
    "m": "#####/#.#.#/#.#.#/#.#.#/#.#.#",
    "o": "###/#.#/#.#/#.#/###",
    "n": "###/#.#/#.#/#.#/#.#",
    "e": "###/#../##./#../###",
    "s": "###/#../###/..#/###",
    "p": "###/#.#/###/#../#..",
    "a": "###/#.#/###/#.#/#.#",
    "c": "###/#../#../#../###",
    "t": "###/.#./.#./.#./.#.",
    "f": "###/#../##./#../#..",
    "r": "###/#.#/##./#.#/#.#",
    ".": "././././#",
}
"""The letters of the address, as capitals: three columns each, to fit a screen of forty."""
LINE_LETTERS = 9
LEAST_LINES = 22
QUIET_ZONE = 4
"""White modules around a QR code."""
PAPER = Style(color="#000000", bgcolor="#ffffff")


def half_blocks(rows: Sequence[Sequence[int]]) -> str:
    """Return a picture of dots, two of them one above the other in each cell."""
    pairs = zip_longest(rows[::2], rows[1::2], fillvalue=[0] * len(rows[0]))
    return "\n".join(
        "".join(" ▀▄█"[bool(up) + 2 * bool(down)] for up, down in zip(above, below, strict=True))
        for above, below in pairs
    )


def large_letters(text: str) -> str:
    """Return a text in large letters, as many on a line as fit."""
    lines = [text[at : at + LINE_LETTERS] for at in range(0, len(text), LINE_LETTERS)]
    return "\n\n".join(half_blocks(_dots(line)) for line in lines)


def _dots(line: str) -> list[list[int]]:
    letters = [FONT.get(letter, FONT["."]).split("/") for letter in line]
    return [[int(c == "#") for c in ".".join(row)] for row in zip(*letters, strict=True)]


class LargeAddress(Placed, Static):
    """The address in large letters."""

    DEFAULT_CSS = """
    LargeAddress { width: auto; height: auto; color: $foreground; margin-bottom: 1; }
    """


class QrCode(Stack):
    """The address for a telephone's camera; hidden where the screen is small (`Page`)."""

    DEFAULT_CSS = """
    QrCode { width: auto; height: auto; margin-top: 1; }
    QrCode Static { width: auto; height: auto; }
    """

    def __init__(self, url: str, caption: str) -> None:
        matrix = segno.make(url, error="l", micro=False).matrix_iter(border=QUIET_ZONE)
        picture = half_blocks([list(row) for row in matrix])
        drawn = Static(RichText(picture, style=PAPER), markup=False)
        super().__init__(Label(caption), drawn)

    def on_mount(self) -> None:
        """Stay away where it would leave no room for the words."""
        if self.app.size.height < LEAST_LINES:
            self.display = False


def draw_address(block: SiteAddress) -> Iterable[Widget]:
    """Return what draws an address."""
    yield Label(block.shown, "strong")
    yield LargeAddress(large_letters(block.shown), markup=False)
