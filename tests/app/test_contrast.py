"""Whatever the theme, everything can be read: measured on the cells as they are painted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import pytest
from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.theme import Theme

from espace_tui.app import EspaceApp
from espace_tui.app.few_colours import with_few_colours, with_palette
from espace_tui.widgets.themes import THEME_NAMES, THEMES, TOKENS
from tests.app.harness import open_app, strips
from tests.app.scenes import SCENES
from tests.screens.every_step import STEPS, open_album

pytestmark = pytest.mark.no_cover  # other tests meet these lines: unmeasured, it is twice as quick

OVER = ("alert", "card without photo", "credentials", "magnifier", "menu", "leave")
"""What opens over a step or is said of it, and what is selected."""
LINES = set("─│╭╮╰╯┌┐└┘━┃┏┓┗┛▌▐█▁▂▃▄▅▆▇▔▀")
"""What is drawn rather than read."""
EDGES = set("▀▄")
GROUNDS = ("background", "surface", "letter", "card", "met-ground")
"""The half rows where one ground ends at another: decoration, nothing is said by them alone."""


def light(colour: Color) -> float:
    """Return the relative luminance of WCAG 2."""
    parts = [part / 255 for part in colour.get_truecolor()]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: Color, other: Color) -> float:
    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def painted(app: EspaceApp) -> Iterator[tuple[str, Style]]:
    """Yield every text that is painted, with its style."""
    for strip in strips(app):
        for text, style, _ in Segment.filter_control(strip):
            if text.strip():
                yield text, style or Style()


def too_faint(app: EspaceApp) -> list[tuple[str, float]]:
    """Return what is under its ratio."""
    faint = []
    grounds = {Color.parse(app.theme_variables[name]) for name in GROUNDS}
    for text, style in painted(app):
        assert style.color is not None, text
        assert style.bgcolor is not None, text
        assert not style.dim, text
        if set(text.strip()) <= EDGES and {style.color, style.bgcolor} <= grounds:
            continue
        wanted = 3 if set(text.strip()) <= LINES else 7
        found = ratio(style.color, style.bgcolor)
        if found < wanted:
            faint.append((text, round(found, 2)))
    return faint


def coloured(app: EspaceApp) -> list[str]:
    """Return the texts that have a colour of ours."""
    return [
        text
        for text, style in painted(app)
        if any(each and not each.is_default for each in (style.color, style.bgcolor))
    ]


@pytest.mark.parametrize("name", OVER)
async def test_what_opens_over_a_step_is_legible_in_every_theme(name: str) -> None:
    """The last theme sets no colour at all: it is the terminal's own."""
    moves, keys = SCENES[name]
    async with open_app(moves, size=(80, 40), theme=THEME_NAMES[0]) as hands:
        await hands.press(*keys)
        for theme in THEME_NAMES[:-1]:
            hands.app.theme = theme
            await hands.calm()
            assert too_faint(hands.app) == [], theme
        hands.app.theme = THEME_NAMES[-1]
        await hands.calm()
        assert coloured(hands.app) == []


COLOURED = THEME_NAMES[:-1]
"""The themes that set colours; the last one is the terminal's own."""
PALETTES: Mapping[ColorSystem, tuple[Callable[[Theme], Theme], tuple[str, ...]]] = {
    ColorSystem.TRUECOLOR: (lambda theme: theme, COLOURED),
    ColorSystem.EIGHT_BIT: (with_palette, COLOURED),
    ColorSystem.STANDARD: (with_few_colours, ("contrast",)),
}
"""What terminals show, what becomes of a theme there, and which themes there are."""
PAPER = {Color.parse("#000000"), Color.parse("#ffffff")}
"""A QR code: the same in every theme."""
ROUNDED = 2
"""How far a colour that Textual blended may be from its token, over its channels."""
Colours = dict[str, Color]
Pair = tuple[str, str, bool]
"""A token on another, and whether it is drawn rather than read."""


def tokens_of(name: str, adapted: Callable[[Theme], Theme] = lambda theme: theme) -> Colours:
    theme = adapted(THEMES[COLOURED.index(name)])
    found = {token: theme.variables.get(token) or getattr(theme, token) for token in TOKENS}
    return {token: Color.parse(value) for token, value in found.items()}


def token_of(colour: Color) -> str:
    """Return the token that a colour is, in the dark theme, where no two that differ are alike."""
    for token, known in tokens_of("dark").items():
        channels = zip(known.get_truecolor(), colour.get_truecolor(), strict=True)
        if sum(abs(one - other) for one, other in channels) <= ROUNDED:
            return token
    raise AssertionError(f"{colour} is no colour of the theme")


def pairs(app: EspaceApp) -> Iterator[tuple[Pair, str]]:
    """Yield which token stands on which, with the text."""
    for text, style in painted(app):
        assert style.color is not None, text
        assert style.bgcolor is not None, text
        assert not style.dim, text
        if {style.color, style.bgcolor} == PAPER:
            continue
        pair = token_of(style.color), token_of(style.bgcolor)
        if not (set(text.strip()) <= EDGES and {*pair} <= set(GROUNDS)):
            yield (*pair, set(text.strip()) <= LINES), text.strip()


async def test_every_step_is_legible(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each step is painted once, whole; what stands on what is then measured in every theme."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    seen: dict[Pair, str] = {}
    async with open_album((80, 110), theme="dark") as album:
        for step in STEPS:
            await album.turn_to(step)
            assert not album.app.step_screen.body.max_scroll_y, step
            for pair, text in pairs(album.app):
                seen.setdefault(pair, f"{step}: {text}")
    assert len(seen) > len({*tokens_of("dark").values()})
    found = []
    for system, (adapted, themes) in PALETTES.items():
        for theme in themes:
            tokens = tokens_of(theme, adapted)
            colours = {name: each.downgrade(system) for name, each in tokens.items()}
            for (above, under, drawn), text in seen.items():
                if ratio(colours[above], colours[under]) < (3 if drawn else 7):
                    found.append(f"{text}: {above} on {under}, {theme}, {system.name}")
    assert not found, "\n".join(found)


async def test_the_terminals_own_theme_colours_nothing_on_any_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "linux")
    monkeypatch.setenv("COLORTERM", "")
    async with open_album((80, 110), theme="terminal") as album:
        for step in STEPS:
            await album.turn_to(step)
            assert coloured(album.app) == [], step


async def test_the_focus_shows_without_colours() -> None:
    async with open_app(theme="terminal") as hands:
        reversed_ = [text for text, style in painted(hands.app) if style.reverse]
        assert [text.strip() for text in reversed_] == ["> Activer mon espace <"]


async def test_with_few_colours_the_key_goes_between_two_themes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "linux")
    monkeypatch.delenv("COLORTERM", raising=False)
    async with open_app() as hands:
        seen = []
        for _ in range(3):
            await hands.press("f7")
            seen.append(hands.app.theme)
        assert seen == ["terminal", "contrast", "terminal"]
