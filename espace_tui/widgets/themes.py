"""The five themes. Text is 7:1 or more on what it stands on, borders and focus 3:1 or more.

A test renders screens in each and measures the cells; another looks for a use of each token. One
accent; a colour says nothing alone: a word or a shape says the same. `$fill-style` and
`$focus-style` carry the main button and the focus where there is no colour: the `terminal` theme
sets none at all, not even a background.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

NONE = "ansi_default"
TOKENS: Mapping[str, tuple[str, str, str, str]] = {
    "background": ("#fbf7ee", "#101c20", "#000000", "#000000"),  # the page, panels, fields
    "surface": ("#efe7d6", "#182b31", "#000000", "#000000"),  # the header and the footer
    "chip": ("#fffdf8", "#2b454d", "#000000", "#000000"),  # a key in the footer
    "card": ("#d9e5df", "#23444c", "#000000", "#000000"),  # the drawn card
    "letter": ("#f1e4c4", "#3d372a", "#000000", "#000000"),  # the drawn letter
    "card-edge": ("#d9e5df", "#23444c", "#ffffff", "#ffff00"),  # where its ground is the page's
    "letter-edge": ("#f1e4c4", "#3d372a", "#ffffff", "#ffff00"),
    "met-ground": ("#dcecd9", "#1b3a2c", "#000000", "#000000"),  # the title of « C’est fait »
    "foreground": ("#1b2629", "#f6f1e6", "#ffffff", "#ffff00"),  # words
    "muted": ("#3f494a", "#c0cdcc", "#ffffff", "#ffff00"),  # hints, counters, keys of a table
    "accent": ("#0c4a54", "#f4c468", "#ffffff", "#ffff00"),  # the step, titles, the main button
    "on-accent": ("#ffffff", "#171207", "#000000", "#000000"),  # words of the main button
    "focus": ("#8a3b00", "#ffe9bd", "#ffffff", "#ffff00"),  # frame or ground of what has the focus
    "on-focus": ("#ffffff", "#171207", "#000000", "#000000"),
    "edge": ("#7d7766", "#6a858c", "#ffffff", "#ffff00"),  # frames, steps to come, scrollbar
    "met": ("#0d4f2c", "#a5e3ad", "#b8ffcb", "#ffff00"),  # a rule that is met, what is done
    "warning": ("#663c00", "#ffc79a", "#ffe6a8", "#ffff00"),  # what must not be missed
    "error": ("#8a1212", "#ffb3ac", "#ffc0c0", "#ffff00"),
    "notice": ("#1f6570", "#8fcdd6", "#ffffff", "#ffff00"),  # the bar of an ordinary notice
}
"""The colours of each theme that has some, and what they are for."""
_OF_TEXTUAL = ("background", "surface", "foreground", "accent", "warning", "error")


def _theme(name: str, colours: Mapping[str, str], *, dark: bool) -> Theme:
    ansi = colours["background"] == NONE
    style = "bold reverse" if ansi else "bold"
    background, edge = colours["background"], colours["edge"]
    return Theme(
        name=name,
        primary=colours["foreground"],
        panel=background,
        dark=dark,
        ansi=ansi,
        background=background,
        surface=colours["surface"],
        foreground=colours["foreground"],
        accent=colours["accent"],
        warning=colours["warning"],
        error=colours["error"],
        variables={
            **{token: value for token, value in colours.items() if token not in _OF_TEXTUAL},
            "focus-style": style,
            "fill-style": style,
            "ansi-background": background,
            "ansi-foreground": colours["foreground"],
            "scrollbar": edge,
            "scrollbar-hover": edge,
            "scrollbar-active": edge,
            "scrollbar-background": background,
            "scrollbar-background-hover": background,
            "scrollbar-background-active": background,
            "scrollbar-corner-color": background,
        },
    )


THEMES = (
    *(
        _theme(name, {token: TOKENS[token][column] for token in TOKENS}, dark=name != "light")
        for column, name in enumerate(("light", "dark", "contrast", "yellow"))
    ),
    _theme("terminal", dict.fromkeys(TOKENS, NONE), dark=True),
)
THEME_NAMES = tuple(theme.name for theme in THEMES)
DEFAULT_THEME = "dark"
