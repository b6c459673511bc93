"""The themes where a terminal has 8 or 16 colours of its own: black and bright white.

What these colours look like is the terminal's affair, and the nearest of them to ours may be
unreadable beside another. So every theme that sets colours has two of them, as far apart as can
be: what is near its ground becomes black, everything else bright white.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from rich.color import Color as RichColor
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import Theme

FEW_COLOURS = frozenset({"standard", "windows"})
"""What Rich calls the colour systems of 8 or 16 colours."""
GROUND, INK = "#000000", "#ffffff"
LEGIBLE = 7.0
"""How far apart in luminance words and their ground are (WCAG 2)."""
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
        accent=of_two(theme.accent or INK),
        warning=of_two(theme.warning or INK),
        error=of_two(theme.error or INK),
        variables={name: of_two(value) for name, value in theme.variables.items()},
        dark=True,
    )


def with_palette(theme: Theme) -> Theme:
    """Return a theme for 256 colours: a token whose nearest is too faint becomes the ink.

    A ground whose nearest is too near to its words becomes the page's.
    """
    if theme.ansi or not theme.surface or not theme.foreground:
        return theme
    ground, ink = theme.surface, theme.foreground
    own = {"accent": theme.accent or ink, "focus": theme.variables["focus"]}
    kept = {name: value if _is_legible(value, ground) else ink for name, value in own.items()}
    stands_on = {"letter": (ink, kept["accent"]), "card": (ink,), "chip": (ink,)}
    stands_on["met-ground"] = (ink, theme.variables["met"])
    grounds = {
        name: theme.background or ground
        for name, words in stands_on.items()
        if not all(_is_legible(text, theme.variables[name]) for text in words)
    }
    variables = {**theme.variables, **grounds, "focus": kept["focus"]}
    return replace(theme, accent=kept["accent"], variables=variables)


def _is_legible(text: str, ground: str) -> bool:
    one, other = sorted((_luminance(text), _luminance(ground)))
    return (other + 0.05) / (one + 0.05) >= LEGIBLE


def _luminance(value: str) -> float:
    """Return the relative luminance of the nearest of 256 colours."""
    nearest = RichColor.parse(value).downgrade(ColorSystem.EIGHT_BIT).get_truecolor()
    red, green, blue = (float(((part / 255 + 0.055) / 1.055) ** 2.4) for part in nearest)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def unchanged(theme: Theme) -> Theme:
    """Return a theme as it is: the terminal has all its colours."""
    return theme


ADAPTED: Mapping[str, Callable[[Theme], Theme]] = {
    **dict.fromkeys(FEW_COLOURS, with_few_colours),
    "256": with_palette,
}
"""What a theme becomes, by what Rich calls the colour system of the terminal."""
