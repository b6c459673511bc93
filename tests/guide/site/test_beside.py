"""The guide beside a fake official site in a real browser: every heading is recognised."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from espace_tui.guide.official import load
from espace_tui.i18n import LANGUAGES
from espace_tui.journey.wizard import Wizard
from tests.guide.site.browser import FOUND, MISSING, Tab, browsing
from tests.guide.site.pages import PAGES, REFUSED, served
from tests.walks import plain
from tests.walks.guide_catalogue import TO_THE_SITE
from tests.walks.guide_world import GuideWorld
from tests.walks.script import Walk

OFFICIAL = load()
SCREENS = {
    "accueil": "home",
    "carte": "card",
    "identite": "identity",
    "canal": "channel",
    "code": "code",
    "conditions": "terms",
    "coordonnees": "contacts",
    "identifiants": "credentials",
    "fin": "activated",
    "connexion": "sign-in",
}
"""The guide's screen for each page of the site."""
TWICE = {"carte", "identite", "canal", "coordonnees"}
"""Pages whose heading is that of another page too."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCREENS)
def test_every_heading_of_the_site_is_recognised(name: str, language: str) -> None:
    found = [screen.id for screen in OFFICIAL.find(PAGES[name].heading, language)]
    assert SCREENS[name] in found
    if name not in TWICE:
        assert found[0] == SCREENS[name]


def test_two_pages_of_one_heading_are_told_apart_by_what_they_ask() -> None:
    says = {name: OFFICIAL.screens[SCREENS[name]].recognise["fr"] for name in TWICE}
    assert "modèle" in says["carte"]
    assert "date de naissance" in says["identite"]
    assert "y envoyer un code" in says["canal"]
    assert "e-mail, obligatoire" in says["coordonnees"]


@pytest.mark.skipif(not FOUND, reason=MISSING)
def test_the_guide_is_walked_beside_the_site_with_a_refusal_and_an_unknown_screen(
    tmp_path: Path,
) -> None:
    wizard = asyncio.run(plain.play(Walk("to the site", TO_THE_SITE), GuideWorld()))
    with served() as address, browsing(tmp_path) as tab:
        tab.open(f"{address}/accueil")
        for name in ("accueil", "carte"):
            at(wizard, tab, name)
            go_on(wizard, tab)
        at(wizard, tab, "identite")
        be_refused(wizard, tab)
        for name in ("identite", "canal", "code"):
            at(wizard, tab, name)
            go_on(wizard, tab)
        assert wizard.step_name == "guide_neutral"
        be_lost(wizard, tab)
        tab.go_on()
        asyncio.run(wizard.submit("other_screen"))
        find_by_heading(wizard, tab, "terms")
        for name in ("conditions", "coordonnees", "identifiants", "fin"):
            at(wizard, tab, name)
            go_on(wizard, tab)
    assert wizard.step_name == "guide_end"


def at(wizard: Wizard, tab: Tab, name: str) -> None:
    """The guide stands at the screen whose heading is on the page."""
    assert wizard.step_name == f"screen_{SCREENS[name]}"
    assert tab.heading == PAGES[name].heading
    assert OFFICIAL.screens[SCREENS[name]] in OFFICIAL.find(tab.heading)


def go_on(wizard: Wizard, tab: Tab) -> None:
    tab.go_on()
    assert asyncio.run(wizard.submit(wizard.view().actions[0].name))


def be_refused(wizard: Wizard, tab: Tab) -> None:
    """The site does not recognise the person: the guide says what to read again."""
    tab.go_on("000")
    assert tab.alert == REFUSED
    asyncio.run(wizard.submit("site_refuses"))
    wizard.set_text("outcome", "not-identified")
    asyncio.run(wizard.submit())
    assert wizard.step_name == "guide_meaning"
    asyncio.run(wizard.submit("back_to_screen"))


def be_lost(wizard: Wizard, tab: Tab) -> None:
    """A heading that the guide does not know: it says so, and stays there to be asked again."""
    assert tab.heading == "Titre inconnu"
    assert OFFICIAL.find(tab.heading) == ()
    asyncio.run(wizard.submit("other_screen"))
    wizard.set_text("letters", tab.heading)
    assert wizard.view().fields[1].choices == ("none",)
    wizard.set_text("heading", "none")
    asyncio.run(wizard.submit())
    assert wizard.step_name == "guide_unknown"


def find_by_heading(wizard: Wizard, tab: Tab, screen: str) -> None:
    """The heading that is read is typed, and the screen is chosen."""
    wizard.set_text("letters", tab.heading)
    assert wizard.view().fields[1].choices[0] == screen
    wizard.set_text("heading", screen)
    asyncio.run(wizard.submit())
