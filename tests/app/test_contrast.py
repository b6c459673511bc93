"""Whatever the theme, everything can be read: measured on the cells as they are painted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import pytest
from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style

from espace_tui.app import EspaceApp
from espace_tui.widgets.themes import THEME_NAMES
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


def too_faint(
    app: EspaceApp, system: ColorSystem = ColorSystem.TRUECOLOR
) -> list[tuple[str, float]]:
    """Return what is under its ratio, in the colours that a terminal has."""
    faint = []
    grounds = {Color.parse(app.theme_variables[name]) for name in GROUNDS}
    for text, style in painted(app):
        assert style.color is not None, text
        assert style.bgcolor is not None, text
        assert not style.dim, text
        if set(text.strip()) <= EDGES and {style.color, style.bgcolor} <= grounds:
            continue
        wanted = 3 if set(text.strip()) <= LINES else 7
        found = ratio(style.color.downgrade(system), style.bgcolor.downgrade(system))
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


PALETTES = {
    "true colours": ("xterm-256color", "truecolor", ColorSystem.TRUECOLOR, THEME_NAMES),
    "256 colours": ("xterm-256color", "", ColorSystem.EIGHT_BIT, ("light", "dark")),
    "16 colours": ("linux", "", ColorSystem.STANDARD, ("contrast", "terminal")),
}
"""What a terminal says of itself, what it then shows, and the themes that differ there."""


@pytest.mark.parametrize(("term", "colours", "system", "themes"), PALETTES.values(), ids=PALETTES)
async def test_every_step_is_legible(
    term: str,
    colours: str,
    system: ColorSystem,
    themes: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each step in two themes, one after the other; the page is tall enough to be seen whole."""
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLORTERM", colours)
    found, following = [], cycle(themes[1:] + themes[:1])
    async with open_album((80, 110), theme=themes[0]) as album:
        for step in STEPS:
            await album.turn_to(step)
            assert not album.app.step_screen.body.max_scroll_y, step
            for theme in (album.app.theme, next(following)):
                album.app.theme = theme
                await album.hands.calm()
                faint = coloured(album.app) if theme == "terminal" else too_faint(album.app, system)
                found += [f"{step}, {theme}: {each}" for each in faint]
    assert not found, "\n".join(found)


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
