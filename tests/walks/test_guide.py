"""Every walk of the guide, on the wizard and on both faces, in both languages: the same story."""

from __future__ import annotations

import pytest

from espace_tui.i18n import LANGUAGES
from tests.linear.player import Player
from tests.linear.transcript_rules import breaches, misshapen
from tests.screens.test_every_step import look_at
from tests.walks import full_screen, plain
from tests.walks.guide_catalogue import GUIDE_WALKS
from tests.walks.guide_world import GuideWorld, guide_told
from tests.walks.script import Walk
from tests.walks.told import path
from tests.walks.told_catalogue import TOLD_WALKS

each_walk = pytest.mark.parametrize("walk", GUIDE_WALKS, ids=lambda walk: walk.name)


@pytest.mark.parametrize("walk", [*GUIDE_WALKS, *TOLD_WALKS], ids=lambda walk: walk.name)
async def test_a_walk(walk: Walk) -> None:
    """When it tells something else on purpose: ``python -m tests.walks.retell``; read the diff."""
    assert await guide_told(walk) == path(f"guide {walk.name}").read_text("utf-8")


@each_walk
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_walk_line_by_line(walk: Walk, language: str) -> None:
    world = GuideWorld()
    wizard = world.wizard()
    player = Player(walk, world, wizard)
    await player.walk(language)
    bare = await plain.play(walk, GuideWorld())
    assert wizard.step_name == bare.step_name
    assert breaches(player.transcript) == []
    assert misshapen(player.prompts) == []


@pytest.mark.no_cover  # other tests meet these lines: unmeasured, it is twice as quick
@each_walk
async def test_a_walk_on_the_full_screen(walk: Walk) -> None:
    bare = await plain.play(walk, GuideWorld())
    wizard = await full_screen.play(walk, GuideWorld(), language="fr", size=(80, 24), look=look_at)
    assert wizard.step_name == bare.step_name


@pytest.mark.no_cover  # other tests meet these lines: unmeasured, it is twice as quick
@each_walk
async def test_a_walk_in_english_on_a_small_yellow_screen(walk: Walk) -> None:
    await full_screen.play(walk, GuideWorld(), language="en", size=full_screen.SMALL, look=look_at)
