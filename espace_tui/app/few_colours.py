"""The themes where a terminal has 8 or 16 colours of its own: black and bright white.

What these colours look like is the terminal's affair, and the nearest of them to ours may be
unreadable beside another. So every theme that sets colours has two of them, as far apart as can
be: what is near its ground becomes black, everything else bright white.
"""

from __future__ import annotations

from dataclasses import replace

from textual.color import Color
from textual.theme import Theme

FEW_COLOURS = frozenset({"standard", "windows"})
"""What Rich calls the colour systems of 8 or 16 colours."""
GROUND, INK = "#000000", "#ffffff"
APART = 0.25
"""How much brighter or darker than its ground a colour is that is seen on it, from 0 to 1."""


def with_few_colours(theme: Theme) -> Theme:
    """Return a theme in black and bright white; one that sets no colour stays as it is."""
    if theme.ansi or not theme.background:
        return theme
    ground = Color.parse(theme.background).brightness

    def of_two(value: str) -> str:
        if not value.startswith("#"):
            return value
        return INK if abs(Color.parse(value).brightness - ground) > APART else GROUND

    return replace(
        theme,
        primary=of_two(theme.primary),
        background=GROUND,
        foreground=INK,
        surface=of_two(theme.surface or theme.background),
        panel=of_two(theme.panel or theme.background),
        variables={name: of_two(value) for name, value in theme.variables.items()},
        dark=True,
    )
