"""What each key does, wherever one is; each is in the menu too."""

from __future__ import annotations

import pytest

from espace_tui.app import EspaceApp
from espace_tui.errors import Unreachable
from espace_tui.i18n import LANGUAGES
from espace_tui.screens.dialogs.menu import COUNTER_ACTIONS, MENU_ACTIONS
from espace_tui.widgets.key_bar import KeyBar
from espace_tui.widgets.ui_text import KEYS
from tests.app.harness import SlowConnection, cells, open_app
from tests.app.scenes import TO_CARD, TO_CREDENTIALS
from tests.app.test_contrast import coloured
from tests.people import ZOE
from tests.walks.script import PASSWORD, TO_IDENTIFICATION, TO_REVIEW, TO_SPACE, Do, Fill

OVER = {
    "help": "Aide : Code provisoire",
    "answers": "Toutes mes réponses",
    "menu": "Touches et aide",
    "leave": "Quitter l’assistant ?",
    "hide": "Écran masqué",
}


@pytest.mark.parametrize("name", OVER)
async def test_a_page_opens_over_the_step_and_escape_comes_back(name: str) -> None:
    async with open_app(TO_IDENTIFICATION) as hands:
        before = hands.app.focused
        await hands.press(KEYS[name])
        assert hands.words().startswith(OVER[name])
        await hands.press("escape")
        assert hands.words().startswith("Étape 1 sur 6")
        assert hands.app.focused is before


def test_every_key_is_in_the_menu() -> None:
    assert {*MENU_ACTIONS, *COUNTER_ACTIONS} == set(KEYS) - {"menu"}


@pytest.mark.parametrize("name", ["help", "answers", "leave", "hide"])
async def test_the_menu_does_what_the_keys_do(name: str) -> None:
    async with open_app(TO_IDENTIFICATION) as hands:
        menu = hands.app.screen.query_one(KeyBar)
        await hands.reach(lambda: hands.app.focused is menu, "the menu")
        await hands.press("enter")
        await hands.do(("screen", "choose", (name,)))
        assert hands.words().startswith(OVER[name].split(" :")[0])


async def test_the_language_changes_at_once_and_keeps_everything() -> None:
    told: list[str] = []
    async with open_app(TO_IDENTIFICATION, on_language=told.append) as hands:
        await hands.type("aB3d")
        await hands.press("f10", "f5")
        words = hands.words()
        assert "Step 1 of 6" in words
        assert "Error: " in words
        assert "Erreur" not in words
        assert hands.app.step_screen.rows["code"].text == "aB3d"
        assert hands.app.focused is hands.app.step_screen.rows["code"].control
        assert told == ["en"]
        await hands.press("f5")
        assert "Étape 1 sur 6" in hands.words()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_language_changes_under_an_open_page_too(language: str) -> None:
    async with open_app(TO_IDENTIFICATION, language=language) as hands:
        await hands.press("f6", "f5", "escape")
        assert ("Étape" in hands.words()) == (language == "en")


async def test_secrets_are_shown_and_hidden_again() -> None:
    async with open_app((*TO_CREDENTIALS, Fill("password", PASSWORD))) as hands:
        await hands.press("tab")
        assert PASSWORD not in cells(hands.app)
        assert "Afficher (F3)" in hands.words()
        await hands.press("f3")
        assert PASSWORD in cells(hands.app)
        assert "Masquer (F3)" in hands.words()
        await hands.press("f3")
        assert PASSWORD not in cells(hands.app)
        assert "Afficher (F3)" in hands.words()


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "Couleurs : contraste, 3 sur 5"), ("en", "Colours: contrast, 3 of 5")],
)
async def test_the_key_of_the_colours_says_their_name(
    language: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    async with open_app(language=language) as hands:
        await hands.press("f7")
        assert said in hands.words().replace("\u00a0", " ")
        await hands.press("f6")
        assert said.partition(",")[0] in hands.words().replace("\u00a0", " ")


async def test_the_magnifier_says_each_group() -> None:
    moves = (*TO_CARD, Fill("kind", "photo"), Fill("serial", ZOE.serial))
    async with open_app(moves) as hands:
        await hands.press("f4")
        words = hands.words()
        assert "Groupe 1 sur 3 : 31415" in words
        assert "Groupe 3 sur 3 : 5" in words


async def test_nothing_of_the_person_is_left_when_the_screen_is_hidden() -> None:
    async with open_app(TO_REVIEW) as hands:
        await hands.press("f9")
        left = " ".join(cells(hands.app).split())
        assert left == "Écran masqué. Appuyez sur une touche pour revenir."
        await hands.press("enter")
        assert "Étape 6 sur 6" in hands.words()
        assert hands.app.wizard.step_name == "review"


async def test_leaving_asks_and_staying_is_first() -> None:
    async with open_app(TO_IDENTIFICATION) as hands:
        await hands.press("ctrl+c", "enter")
        assert "Étape 1 sur 6" in hands.words()
        await hands.press("ctrl+c", "tab", "enter")
        assert hands.app.return_value == "quit"


@pytest.mark.parametrize(("keys", "signed_in"), [(["tab"], False), (["tab", "tab"], True)])
async def test_leaving_an_open_space_offers_to_sign_out(
    keys: list[str], *, signed_in: bool
) -> None:
    async with open_app((*TO_SPACE, Do("messages"))) as hands:
        await hands.press("escape")
        assert "Avant de partir, déconnectez-vous." in hands.words()
        await hands.press("ctrl+c")
        assert "Votre espace est ouvert" in hands.words()
        await hands.press(*keys, "enter")
        assert hands.app.return_value == "done"
        assert hands.app.wizard.signed_in is signed_in


async def test_who_could_not_be_signed_out_is_told_and_stays() -> None:
    connection = SlowConnection(Unreachable("network"))
    async with open_app(TO_SPACE, connection=connection) as hands:
        await hands.press("ctrl+c", "tab", "enter")
        assert hands.app.return_value is None
        assert hands.app.wizard.signed_in
        assert "Erreur" in hands.words()


async def test_the_linear_face_goes_on_in_the_same_field() -> None:
    async with open_app(TO_IDENTIFICATION) as hands:
        await hands.press("tab")
        await hands.type("284")
        await hands.press("f8")
        assert hands.app.return_value == "linear"
        assert hands.app.wizard.focus == "nir"
        assert hands.app.wizard.typed["nir"] == "284"


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
async def test_no_key_leaves_without_asking(key: str) -> None:
    async with open_app() as hands:
        await hands.press(key)
        assert hands.words().startswith("Quitter l’assistant ?")
        await hands.press(key, "escape", "escape", "escape")
        assert "Mon espace santé" in hands.words()[:60]


async def test_every_key_is_harmless_on_the_first_screen() -> None:
    async with open_app() as hands:
        for key in (key for name, key in KEYS.items() if name != "linear"):
            await hands.press(key, "escape", "tab")
        assert hands.app.is_running


async def test_any_key_only_comes_back_from_the_hidden_screen() -> None:
    async with open_app(TO_IDENTIFICATION) as hands:
        for key in ("f5", "x", "f8", "ctrl+c", "f10"):
            await hands.press("f9", key)
            assert hands.words().startswith("Étape 1 sur 6")
        assert hands.app.step_screen.rows["code"].text == ""


async def test_all_answers_are_masked_until_asked() -> None:
    async with open_app(TO_REVIEW) as hands:
        await hands.press("f2", "tab")
        before = hands.app.focused
        assert PASSWORD not in hands.words()
        await hands.press("f3")
        assert PASSWORD in hands.words()
        assert hands.app.focused is before
        await hands.press("f3")
        assert PASSWORD not in hands.words()


async def test_no_color_selects_the_colours_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with open_app(theme="terminal") as hands:
        assert coloured(hands.app) == []


@pytest.mark.parametrize("action", ["app.theme", "app.language"])
async def test_whoever_presses_a_button_that_draws_all_anew_is_still_on_it(action: str) -> None:
    async with open_app() as hands:
        await hands.do(action)
        await hands.press("enter")
        assert getattr(hands.app.focused, "enter_action", "") == action
        assert hands.app.wizard.step_name == "welcome"


async def test_coming_from_the_linear_face_one_is_in_the_same_field() -> None:
    async with open_app(TO_IDENTIFICATION) as hands:
        hands.app.wizard.set_text("nir", "284")
        hands.app.wizard.focus = "nir"
        other = EspaceApp(hands.app.wizard, hands.texts, theme="dark")
        async with other.run_test(size=(40, 12)) as pilot:
            await pilot.pause()
            assert other.focused is other.step_screen.rows["nir"].control
            assert other.step_screen.rows["nir"].text == "284"


async def test_keys_are_what_the_person_set() -> None:
    async with open_app(TO_IDENTIFICATION, keys={"help": "f12"}) as hands:
        await hands.press("f1")
        assert hands.words().startswith("Étape 1 sur 6")
        await hands.press("f12")
        assert hands.words().startswith("Aide")


async def test_the_menu_turns_the_easy_texts_on_and_off_and_keeps_everything() -> None:
    told: list[bool] = []
    async with open_app(TO_IDENTIFICATION, on_easy=told.append) as hands:
        await hands.type("aB3d")
        for easy in (True, False):
            await hands.press(KEYS["menu"])
            await hands.do(("screen", "choose", ("easy",)))
            assert list(hands.app.step_screen.rows) == ["code"] + ["nir"] * (not easy)
            assert ("Code du message" in hands.words()) is easy
            assert hands.app.step_screen.rows["code"].text == "aB3d"
    assert told == [True, False]
