"""The first screen waits for what it draws only; what comes next is there soon after."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from textual.css.stylesheet import Stylesheet
from typing_extensions import override

from espace_tui.app.style_preload import add_size, add_styles
from espace_tui.screens import preload
from espace_tui.screens.step import StepScreen
from espace_tui.widgets.page import SIZE_CSS
from tests.app.harness import open_app
from tests.app.scenes import TO_CARD
from tests.cli.terminal import Terminal

SCRIPT = str(Path(__file__).with_name("first_paint.py"))
LATER = {"pydantic", "argon2", "sqlite3", "httpx2", "keyring", "phonenumbers", "stdnum"}
STEPS = "espace_tui.journey.steps"
NEXT = {
    f"{STEPS}.activation.identification",
    f"{STEPS}.activation.credentials",
    "espace_tui.screens.activation.review",
    "stdnum.fr.nir",
    "espace_tui.widgets.fields.text_row",
    "espace_tui.screens.dialogs.help",
    "espace_tui.activation.rules",
    "pydantic",
    "sqlite3",
}
"""What the first steps and their keys need, with the backend of this computer."""


BY_NEIGHBOURS = {"first-child", "last-child", "first-of-type", "last-of-type", "odd", "even"}
"""One such rule, for all (« * »), had each widget styled again at each widget that holds it."""
OBJECTS = 60_000
"""Those of the libraries that are imported by then, at least."""
NEXT_OF_GUIDE = {
    f"{STEPS}.guide.purpose",
    f"{STEPS}.guide.site_screen",
    "espace_tui.widgets.fields.radio_row",
    "espace_tui.guide.official.model",
    "pydantic",
    "tomllib",
}
"""What the first steps of the guide need."""


class Began(NamedTuple):
    """What is imported when the first screen is painted, and once the rest is preloaded."""

    painted: set[str]
    preloaded: set[str]
    collections: int
    """How often garbage was looked for before it was painted."""
    frozen: int
    """How many objects no collection goes through any more."""
    threshold: tuple[int, ...]
    styles: set[str]
    """What the style sheet was made of by then."""


def began(home: Path, *words: str) -> Began:
    """Run the program until its first screen."""
    unmeasured = {"COVERAGE_PROCESS_CONFIG": "", "COVERAGE_PROCESS_START": ""}  # it loads sqlite3
    Terminal(home, SCRIPT, "notes", *words, "--lang", "fr", **unmeasured).wait_exit()
    told = json.loads((home / "notes").read_text("utf-8"))
    imported = set(told["painted"]), set(told["preloaded"])
    threshold, styles = tuple(told["threshold"]), set(told["styles"])
    return Began(*imported, told["collections"], told["frozen"], threshold, styles)


@pytest.fixture(scope="module")
def welcome(tmp_path_factory: pytest.TempPathFactory) -> Began:
    """How it begins with the welcome."""
    return began(tmp_path_factory.mktemp("home"))


def test_the_guide_waits_for_nothing_it_does_not_draw(tmp_path: Path) -> None:
    guide = began(tmp_path, "guide")
    assert f"{STEPS}.guide.intro" in guide.painted
    assert guide.painted & (LATER | NEXT | NEXT_OF_GUIDE | {"segno"}) == set()
    assert guide.preloaded >= NEXT_OF_GUIDE
    assert "espace_tui.activation.rules" not in guide.preloaded


def test_the_first_screen_waits_for_nothing_it_does_not_draw(welcome: Began) -> None:
    assert "espace_tui.screens.reading.welcome" in welcome.painted
    assert welcome.painted & (LATER | NEXT) == set()


def test_what_the_first_steps_need_is_there_once_it_is_painted(welcome: Began) -> None:
    assert welcome.preloaded >= NEXT


def test_no_garbage_is_looked_for_before_there_is_something_to_read(welcome: Began) -> None:
    assert welcome.collections == 0


def test_what_stays_for_ever_is_collected_no_more_and_the_rest_is(welcome: Began) -> None:
    assert welcome.frozen > OBJECTS
    assert 0 < welcome.threshold[0] < OBJECTS


def test_the_styles_of_the_other_sizes_wait(welcome: Began) -> None:
    assert welcome.styles & SIZE_CSS.keys() == {"-w80", "-h24"}


class CountedStylesheet(Stylesheet):
    """Counts how often it is parsed: one of its own, since the app parses another meanwhile."""

    parses = 0

    @override
    def parse(self) -> None:
        self.parses += 1
        super().parse()


async def test_what_is_read_ahead_is_parsed_ahead() -> None:
    """The next key would wait for it."""
    async with open_app() as hands:
        variables = hands.app.get_css_variables()
    by_size, by_class = (CountedStylesheet(variables=variables) for _ in range(2))
    for name in SIZE_CSS:
        add_size(by_size, name)
    add_styles(by_class, StepScreen)
    for sheet in (by_size, by_class):
        parses = sheet.parses
        assert sheet.rules
        assert sheet.parses == parses


async def test_no_style_is_left_to_parse_when_a_screen_is_first_shown() -> None:
    """What was added ahead is what Textual adds itself: the same places, ranks and scopes."""
    async with open_app(TO_CARD) as hands:
        by_textual = dict(hands.app.stylesheet.source)
    async with open_app() as hands:
        preload.start(hands.app.tasks_ahead()).join()
        await hands.calm()
        ahead = dict(hands.app.stylesheet.source)
        assert {name for _, name in ahead} >= SIZE_CSS.keys()
        for place, (content, is_default, rank, scope) in by_textual.items():
            found = ahead[place]
            assert (found.content, found.is_defaults, found.scope) == (content, is_default, scope)
            assert found.tie_breaker <= rank
        await hands.press("f1", "escape", "f6", "escape", "f2", "escape", "f9", "escape", "ctrl+c")
        assert hands.app.stylesheet.source.keys() == ahead.keys()
        asked = {pseudo for rule in hands.app.stylesheet.rules for pseudo in rule.pseudo_classes}
        assert asked.isdisjoint(BY_NEIGHBOURS)
