"""An error stands until what it was about changes; then it is looked at again on leaving."""

from __future__ import annotations

from pathlib import Path

import pytest

from espace_tui.errors import Unreachable
from espace_tui.i18n import Texts
from espace_tui.journey.overview import unreachable_text
from espace_tui.journey.wizard import Wizard
from tests.app.scenes import TO_CARD, TO_CREDENTIALS, TO_DECISION, WRONG
from tests.walks.plain import play
from tests.walks.script import TO_IDENTIFICATION, Do, Fill, Move, Walk
from tests.walks.worlds import embedded

CASES: dict[str, tuple[tuple[Move, ...], str, str, set[str]]] = {
    "its own field": ((*TO_IDENTIFICATION, *WRONG), "code", "x", {"nir"}),
    "another field": ((*TO_IDENTIFICATION, *WRONG), "nir", "2", {"code"}),
    "the kind of a card": (
        (*TO_CARD, Fill("kind", "plain"), Fill("serial", "12"), Do()),
        "kind",
        "photo",
        set(),
    ),
    "what a decision asks": (
        (*TO_DECISION, Fill("choice", "activate"), Do()),
        "choice",
        "oppose",
        set(),
    ),
    "what is repeated": (
        (*TO_CREDENTIALS, Fill("identifier", "zoe.anais2"), Fill("password", "Kv7-rTm2qe"), Do()),
        "password",
        "Kv7-rTm2qf",
        set(),
    ),
}


async def walked(folder: Path, moves: tuple[Move, ...]) -> Wizard:
    walk = Walk("errors", moves)
    async with embedded(folder, walk) as place:
        return await play(walk, place)


def wrong(wizard: Wizard) -> set[str]:
    return {each.field for each in wizard.view().problems}


@pytest.mark.parametrize("name", CASES)
async def test_an_error_goes_when_what_it_was_about_changes(name: str, tmp_path: Path) -> None:
    moves, field, text, left = CASES[name]
    wizard = await walked(tmp_path, moves)
    assert wrong(wizard) > left
    wizard.set_text(field, text)
    assert wrong(wizard) == left


async def test_it_is_looked_at_again_once_left_and_nothing_else_is(tmp_path: Path) -> None:
    wizard = await walked(tmp_path, (*TO_IDENTIFICATION, Fill("code", "aB3dE5"), Do()))
    wizard.set_text("code", "aB3dE5f")
    wizard.look_again("code")
    assert "code" in wrong(wizard)
    wizard.set_text("code", "aB3dE5fGh1jK")
    before = wizard.view()
    wizard.look_again("code")
    assert "code" not in wrong(wizard)
    assert wizard.view() is before


async def test_what_was_never_wrong_is_not_scolded_on_leaving(tmp_path: Path) -> None:
    wizard = await walked(tmp_path, TO_IDENTIFICATION)
    wizard.set_text("code", "x")
    before = wizard.view()
    wizard.look_again("code")
    assert wrong(wizard) == set()
    assert wizard.view() is before


async def test_a_refusal_of_the_whole_goes_with_the_first_change(tmp_path: Path) -> None:
    moves = (Fill("code", "Zz9Zz9Zz9Zz9"), Fill("nir", "284058832102532"), Do())
    wizard = await walked(tmp_path, (*TO_IDENTIFICATION, *moves))
    assert wizard.view().alert
    wizard.set_text("code", "Zz9Zz9Zz9Zz8")
    assert wizard.view().alert is None


@pytest.mark.parametrize(
    ("typed", "service", "said"),
    [
        (False, "sante.example", "Le service\u00a0sante.example ne répond pas."),
        (False, "", "Le service ne répond pas."),
        (True, "sante.example", "Ce que vous avez tapé est gardé."),
    ],
)
def test_a_service_that_is_not_there_is_named_and_a_way_on_is_told(
    *, typed: bool, service: str, said: str
) -> None:
    told = Texts("fr")(unreachable_text(Unreachable("network", service=service), typed=typed))
    assert said in told
    assert ("espace-tui demo" in told) != typed
    assert ("3422" in told) != typed
    assert ("gardé" in told) == typed
