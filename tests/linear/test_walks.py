"""Every walk on the linear face, in both languages: the same story as on the wizard itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from espace_tui.i18n import LANGUAGES
from espace_tui.journey.wizard import Wizard
from tests.linear.player import Player
from tests.linear.transcript_rules import breaches, misshapen
from tests.walks import plain
from tests.walks.catalogue import WALKS
from tests.walks.script import PASSWORD, Walk
from tests.walks.worlds import embedded

EASY = WALKS[:1]
CANARIES = (PASSWORD, "Rivière8-Lampe")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.name)
async def test_a_walk(walk: Walk, language: str, tmp_path: Path) -> None:
    async with embedded(tmp_path / "linear", walk) as world:
        wizard = Wizard(world.context())
        player = Player(walk, world, wizard)
        await player.walk(language)
        events = await world.events()
    async with embedded(tmp_path / "plain", walk) as world:
        bare = await plain.play(walk, world)
        assert events == await world.events()
    assert wizard.step_name == bare.step_name
    assert plain.without_chance(wizard.session) == plain.without_chance(bare.session)
    assert breaches(player.transcript) == []
    assert misshapen(player.prompts) == []
    assert [canary for canary in CANARIES if canary in player.transcript] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("walk", EASY, ids=lambda walk: walk.name)
async def test_a_walk_in_the_easy_mode(walk: Walk, language: str, tmp_path: Path) -> None:
    async with embedded(tmp_path / "linear", walk) as world:
        wizard = Wizard(world.context())
        player = Player(walk, world, wizard)
        await player.walk(language, easy=True)
        events = await world.events()
    async with embedded(tmp_path / "plain", walk) as world:
        bare = await plain.play(walk, world)
        assert events == await world.events()
    assert plain.without_chance(wizard.session) == plain.without_chance(bare.session)
    assert breaches(player.transcript) == []
