"""Drawings of the card that show where a number is, after the same in words.

The serial number of a card with a photo runs upwards along its edge: it is drawn so, with an arrow.
What is looked for is in bold and in the accent, the rest of the card in the colour of words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static
from typing_extensions import override

from espace_tui.widgets.flow import Placed, Stack
from espace_tui.widgets.text import Label, styled
from espace_tui.widgets.ui_text import UiText

CHIP = ("▄▄▄▄▄▄▄", " ─┤ ├─ ", "▀▀▀▀▀▀▀", "▄▄▄▄▄", "▀▀▀▀▀")
"""The rows of a chip: its edges are half rows of its colour, its middle is filled with it."""
FRONT = (
    *("*Vitale*             ┌──────────┐", "                   │          │"),
    *(f"{CHIP[0]}            │          │", f"{CHIP[1]}            │  photo   │"),
    *(f"{CHIP[2]}            │          │", "                   └──────────┘"),
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
    "card-small": (
        *("*Vitale*       ┌───────┐", "             │       │", f"{CHIP[3]}        │ photo │"),
        *(f"{CHIP[4]}        │       │", "             └───────┘", "", "EXEMPLE", "CAMILLE", ""),
    ),
    "card-mine": (
        *("*Vitale*        ┌───────┐", f"{CHIP[3]}         │       │"),
        *(f"{CHIP[4]}         │ photo │", "EXEMPLE       │       │", "CAMILLE       └───────┘"),
    ),
}
"""The lines of each drawing; what is between asterisks is in bold."""
WIDTHS: Mapping[str, int] = {"card-small": 23, "card-mine": 25}
WIDTH = 32
STRIPS: Mapping[str, tuple[str, int]] = {
    "card-photo": ("↑8·1400·5208", 7),
    "card-small": ("↑8·14·208", 5),
}
"""The number along the edge, from the top down: it is read from the bottom up, where it begins.

With how many of these cells are asked for; the beginning is printed in the field already."""
PICTURES: Mapping[str, str] = {"nir": "card-nir"}
"""The drawings that help with a field whose own screen has no need of one."""


class CardObject(Placed, Static):
    """The drawn card."""

    DEFAULT_CSS = """
    CardObject {
        width: auto; height: auto; background: $card; color: $foreground; padding: 0 1 0 2;
        border-top: inner $card-edge; border-bottom: inner $card-edge;
        &:ansi { border: round $edge; }
    }
    """

    def __init__(self, name: str, legend: str = "") -> None:
        self.drawing = name
        lines = [line.format(legend=legend) for line in CARDS[name]]
        super().__init__(Content("\n").join(_rows(name, lines)), markup=False)


def _rows(name: str, lines: Iterable[str]) -> Iterable[Content]:
    strip, new = STRIPS.get(name, ("", 0))
    for number, line in enumerate(lines):
        parts = line.split("*")
        chip = next((each for each in CHIP if line.startswith(each)), "")
        tone = "$on-accent on $accent" if "─" in chip else "$accent"
        parts[0] = parts[0].removeprefix(chip)
        drawn = styled((chip, tone), *((part, "bold" * (i % 2)) for i, part in enumerate(parts)))
        padded = drawn + " " * (WIDTHS.get(name, WIDTH) - len(drawn))
        if strip:
            tone = "bold $accent" if number < new else "$muted"
            padded += Content.styled(f" {strip[number]} ", f"{tone} on $background")
        yield padded


class CardPicture(Stack):
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
        if self.ui.texts.has(f"face.{self.picture}.digits"):
            where, comma, what = self.ui.translate(f"{self.picture}.digits").partition(",")
            yield Label(styled((where, "bold $accent"), comma, what))
            yield Label(styled((self.ui.translate(f"{self.picture}.printed"), "$muted")))
