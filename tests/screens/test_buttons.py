"""What can be done is there to be seen: each key of a step is a button of it too."""

from __future__ import annotations

import pytest

from espace_tui.widgets.button import TextButton
from espace_tui.widgets.fields.text_input import TextInput
from espace_tui.widgets.key_bar import KeyBar
from espace_tui.widgets.ui_text import KEYS
from tests.app.harness import cells, open_app
from tests.app.scenes import TO_CARD, TO_CREDENTIALS
from tests.people import ZOE
from tests.walks.full_screen import Hands
from tests.walks.script import (
    ACTIVATE,
    PASSWORD,
    TO_IDENTIFICATION,
    TO_REVIEW,
    TO_SPACE,
    Do,
    Fill,
    Move,
)

MOVES: dict[str, tuple[Move, ...]] = {
    "identification": TO_IDENTIFICATION,
    "credentials": TO_CREDENTIALS,
    "review": TO_REVIEW,
}
SIGNED_OUT = (*TO_SPACE, Do("sign_out"))


def labels(hands: Hands) -> list[str]:
    """Return what the buttons of the screen say."""
    return [press.label for press in hands.app.screen.query(TextButton)]


@pytest.mark.parametrize(
    ("place", "buttons"),
    [
        ("identification", ["Aide (F1)", "Loupe (F4)"]),
        ("credentials", ["Aide (F1)", "Afficher (F3)"]),
        ("review", ["Afficher (F3)"]),
    ],
)
async def test_help_magnifier_and_showing_are_buttons_too(place: str, buttons: list[str]) -> None:
    async with open_app(MOVES[place]) as hands:
        said = labels(hands)
        assert [each for each in said if each.endswith(("(F1)", "(F3)", "(F4)"))] == buttons


async def test_the_button_of_help_helps_with_every_field() -> None:
    async with open_app(TO_IDENTIFICATION) as hands:
        await _press(hands, "Aide (F1)")
        words = hands.words()
        assert "dans le message d’invitation" in words
        assert "13 chiffres, puis 2 chiffres de clé" in words


async def test_the_button_of_the_magnifier_shows_every_number() -> None:
    moves = (*TO_IDENTIFICATION, Fill("code", "Kd7mP3xRw9Tf"), Fill("nir", ZOE.nir))
    async with open_app(moves) as hands:
        await _press(hands, "Loupe (F4)")
        words = hands.words()
        assert "Kd7m" in words
        assert "Groupe 7 sur 7" in words


async def test_the_button_shows_secrets_and_hides_them_again() -> None:
    async with open_app((*TO_CREDENTIALS, Fill("password", PASSWORD))) as hands:
        await _press(hands, "Afficher (F3)")
        assert not hands.app.step_screen.rows["password"].query_one(TextInput).password


@pytest.mark.parametrize("moves", [(), ACTIVATE, SIGNED_OUT], ids=["welcome", "done", "signed out"])
async def test_where_nothing_comes_before_leaving_is_a_button(moves: tuple[Move, ...]) -> None:
    async with open_app(moves) as hands:
        await _press(hands, "Quitter (Ctrl+C)")
        assert hands.words().startswith("Quitter l’assistant ?")
        assert labels(hands) == ["Rester (Échap)", "Quitter"]


async def test_without_an_answer_there_is_nothing_to_show_or_hide() -> None:
    async with open_app() as hands:
        await hands.press(KEYS["answers"])
        assert labels(hands) == ["Fermer (Échap)"]


async def test_an_open_space_is_left_by_signing_out() -> None:
    async with open_app(TO_SPACE) as hands:
        assert "Quitter (Ctrl+C)" not in labels(hands)


@pytest.mark.parametrize(
    ("place", "what"),
    [(TO_IDENTIFICATION, "F10 Continuer"), (TO_REVIEW, "F10 Valider")],
    ids=["identification", "review"],
)
async def test_the_key_says_what_it_does_here(place: tuple[Move, ...], what: str) -> None:
    async with open_app(place) as hands:
        assert what in [hint.label for hint in hands.app.screen.query_one(KeyBar).hints]
        await hands.press(KEYS["menu"])
        assert what in labels(hands)
        await hands.press(KEYS["language"])
        assert what.replace("Continuer", "Continue").replace("Valider", "Activate") in labels(hands)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("back", "Il n’y a pas d’étape précédente"),
        ("reveal", "Rien n’est masqué à cette étape"),
        ("magnify", "Aucun numéro à agrandir à cette étape"),
    ],
)
async def test_a_key_with_nothing_to_do_says_so_until_the_next_key(key: str, said: str) -> None:
    async with open_app(size=(40, 12)) as hands:
        await hands.press(KEYS[key])
        assert said.rsplit(maxsplit=1)[-1] in cells(hands.app)
        assert said in hands.words()
        await hands.press("tab")
        assert said not in hands.words()


async def test_a_refused_paste_is_explained_in_full_view() -> None:
    async with open_app(TO_CREDENTIALS) as hands:
        row = hands.app.step_screen.rows["confirmation"]
        await hands.reach(lambda: hands.app.focused is row.control, "confirmation")
        row.paste("Kv7-rTm2qe")
        await hands.settle()
        await hands.pilot.pause()
        assert "paste_anywhere" in cells(hands.app)
        assert row.text == ""


async def _press(hands: Hands, label: str) -> None:
    def there() -> bool:
        return isinstance(hands.app.focused, TextButton) and hands.app.focused.label == label

    await hands.reach(there, label)
    await hands.press("enter")
    await hands.settle()


async def test_the_card_has_its_magnifier() -> None:
    async with open_app(TO_CARD) as hands:
        assert "Loupe (F4)" in labels(hands)
