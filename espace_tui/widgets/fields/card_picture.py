"""Drawings of the card that show where a number is, after the same in words.

The serial number of a card with a photo runs upwards along its edge: it is drawn so, with an arrow.
What is looked for is in bold and in the accent, the rest of the card in the colour of words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static
from typing_extensions import override

from espace_tui.widgets.text import Label, styled
from espace_tui.widgets.ui_text import UiText

STRIP = "↑8·1400·5208"
"""The number along the edge, from the top down: it is read from the bottom up, where it begins."""
NEW = 7
"""How many of these cells are what is asked for; the beginning is printed in the field already."""
FRONT = (
    *("*Vitale*             ┌──────────┐", "                   │          │"),
    *("▄▄▄▄▄▄▄            │          │", "█─┤ ├─█            │  photo   │"),
    *("▀▀▀▀▀▀▀            │          │", "                   └──────────┘"),
    *("", "EXEMPLE", "CAMILLE", "", "2 55 08 14 168 025 38", ""),
)
CARDS: Mapping[str, tuple[str, ...]] = {
    "card-photo": FRONT,
    "card-nir": tuple(
        f"*{line}*" if line.startswith("2 55") else line.replace("*", "") for line in FRONT
    ),
    "card-plain": (
        "*123456789012*        ┌────────────┐ ",
        "*▲*                   │ 01/02/2012 │ ",
        "*{legend:<20}* └────────────┘ ",
        "",
        "──────────────────────────────────",
        "───────────────────",
        "",
    ),
}
"""The lines of each drawing; what is between asterisks is in bold."""
WIDTH = 32
PICTURES: Mapping[str, str] = {"nir": "card-nir"}
"""The drawings that help with a field whose own screen has no need of one."""


class CardObject(Static):
    """The drawn card."""

    DEFAULT_CSS = """
    CardObject {
        width: auto; height: auto; background: $card; color: $foreground; padding: 0 1 0 2;
        border-top: inner $card; border-bottom: inner $card;
        &:ansi { border: round $edge; }
    }
    """

    def __init__(self, name: str, legend: str) -> None:
        lines = (line.format(legend=legend) for line in CARDS[name])
        strip = STRIP if name == "card-photo" else ""
        super().__init__(Content("\n").join(_rows(lines, strip)), markup=False)


def _rows(lines: Iterable[str], strip: str) -> Iterable[Content]:
    for number, line in enumerate(lines):
        parts = line.split("*")
        drawn = styled(*((part, "bold" if i % 2 else "") for i, part in enumerate(parts)))
        padded = drawn + " " * (WIDTH - len(drawn))
        if strip:
            tone = "bold $accent" if number < NEW else "$muted"
            padded += Content.styled(f" {strip[number]} ", f"{tone} on $background")
        yield padded


class CardPicture(Vertical):
    """The drawing named by a field (`Field.picture`)."""

    DEFAULT_CSS = """
    CardPicture { height: auto; & > .place { margin-top: 1; } }
    """

    def __init__(self, ui: UiText, name: str) -> None:
        super().__init__()
        self.ui = ui
        self.picture = name

    @override
    def compose(self) -> ComposeResult:
        yield CardObject(self.picture, self.ui.translate("card.legend"))
        yield Label(self.ui.translate(f"{self.picture}.place"), classes="place")
