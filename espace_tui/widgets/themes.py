"""The five themes. Text is 7:1 or more on what it stands on, borders and focus 3:1 or more.

A test renders screens in each and measures the cells. The tokens: `$foreground` and `$muted`
(text) on `$background` and `$field`; `$edge` (borders); `$focus` with `$focus-text` on it;
`$wrong`, `$advice`, `$met` (text of errors, advice, rules met). `$focus-style` carries the focus
where there is no colour. The `terminal` theme sets no colour at all, not even a background.
"""

from __future__ import annotations

from textual.theme import Theme

TOKENS = ("muted", "field", "edge", "focus", "focus-text", "wrong", "advice", "met")


def _theme(name: str, background: str, foreground: str, *colours: str, dark: bool) -> Theme:
    tokens = dict(zip(TOKENS, colours, strict=True))
    ansi = background == "ansi_default"
    return Theme(
        name=name,
        primary=foreground,
        background=background,
        foreground=foreground,
        surface=background,
        panel=background,
        dark=dark,
        ansi=ansi,
        variables={
            **tokens,
            "focus-style": "bold reverse" if ansi else "bold",
            "ansi-background": background,
            "ansi-foreground": foreground,
            "scrollbar": tokens["edge"],
            "scrollbar-hover": tokens["edge"],
            "scrollbar-active": tokens["edge"],
            "scrollbar-background": background,
            "scrollbar-background-hover": background,
            "scrollbar-background-active": background,
            "scrollbar-corner-color": background,
        },
    )


_NONE = "ansi_default"

THEMES = (
    _theme(
        "light",
        *("#ffffff", "#161616", "#3a3a3a", "#f0f0f0", "#5c5c5c"),
        *("#0b3a82", "#ffffff", "#960000", "#4a2c00", "#0a5228"),
        dark=False,
    ),
    _theme(
        "dark",
        *("#161616", "#f4f4f4", "#cfcfcf", "#262626", "#9a9a9a"),
        *("#9cc8ff", "#0b0b0b", "#ffb0b0", "#ffd58a", "#92e6ad"),
        dark=True,
    ),
    _theme(
        "contrast",
        *("#000000", "#ffffff", "#ffffff", "#000000", "#ffffff"),
        *("#ffffff", "#000000", "#ffc0c0", "#ffe6a8", "#b8ffcb"),
        dark=True,
    ),
    _theme(
        "yellow",
        *("#000000", "#ffff00", "#ffff00", "#000000", "#ffff00"),
        *("#ffff00", "#000000", "#ffff00", "#ffff00", "#ffff00"),
        dark=True,
    ),
    _theme("terminal", *([_NONE] * 10), dark=True),
)
THEME_NAMES = tuple(theme.name for theme in THEMES)
DEFAULT_THEME = "dark"
