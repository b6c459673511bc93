"""A drawing of the card that shows where its serial number is, after the same in words.

The number is marked in bold and by `▲` with a legend; the colours are those of the theme.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static
from typing_extensions import override

from espace_tui.widgets.text import Label
from espace_tui.widgets.ui_text import UiText

CARDS: Mapping[str, tuple[str, ...]] = {
    "card-photo": (
        "╭────────────────────────────────╮",
        "│ Vitale           ┌─────────┐ *8* │",
        "│                  │         │ *0* │",
        "│  ┌───┐           │  photo  │ *2* │",
        "│  └───┘           │         │ *5* │",
        "│                  │         │ *0* │",
        "│ 2 84 05 88 321…  └─────────┘ *…* │",
        "╰──────────────────────────────*▲*─╯",
        "*{legend:>32}*",
    ),
    "card-plain": (
        "╭────────────────────────────────╮",
        "│ *123456789012*      ┌──────────┐ │",
        "│ *▲*                 │01/02/2012│ │",
        "│ *{legend:<16}*  └──────────┘ │",
        "│                                │",
        "│ ────────────────────────────── │",
        "│ ─────────────────              │",
        "╰────────────────────────────────╯",
    ),
}
"""The lines of each drawing; what is between asterisks is in bold."""


class CardPicture(Vertical):
    """The drawing named by a field (`Field.picture`)."""

    DEFAULT_CSS = """
    CardPicture {
        height: auto;
        & > .drawing { color: $foreground; width: auto; }
        & > .place { color: $muted; }
    }
    """

    def __init__(self, ui: UiText, name: str) -> None:
        super().__init__()
        self.ui = ui
        self.picture = name

    @override
    def compose(self) -> ComposeResult:
        yield Label(self.ui.translate(f"{self.picture}.place"), classes="place")
        yield Static(self._drawing(), markup=False, classes="drawing")

    def _drawing(self) -> Content:
        legend = self.ui.translate("card.legend")
        lines = "\n".join(CARDS[self.picture]).format(legend=legend)
        parts = lines.split("*")
        return Content.assemble(*((part, "bold" if i % 2 else "") for i, part in enumerate(parts)))
