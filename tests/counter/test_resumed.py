"""What a step showed before the screen was hidden is asked for again, by whoever resumes."""

from __future__ import annotations

from espace_tui.app import EspaceApp
from espace_tui.i18n import Texts
from espace_tui.idle import IdleLimits, IdleWatch
from espace_tui.journey.wizard import Wizard
from tests.app.harness import cells
from tests.counter.masking import PocketMasks
from tests.counter.test_hand_over import visit
from tests.walks.full_screen import Hands

NIR = "2 84 05 88 321 025"


async def _at(name: str) -> Wizard:
    wizard, _notes = visit("beside")
    wizard.context = wizard.context._replace(masks=PocketMasks())
    await wizard.start("guide_numbers")
    wizard.set_text("nir", f"{NIR} 32")
    await wizard.submit()
    await wizard.start(name)
    if wizard.step_name != name:
        await wizard.submit()  # the person has the keyboard
    return wizard


async def _hides(name: str, shown: str, show: str) -> None:
    app = EspaceApp(await _at(name), Texts("fr"), theme="dark", watch=IdleWatch(IdleLimits()))
    async with app.run_test(size=(80, 40)) as pilot:
        hands = Hands(app, pilot, Texts("fr"))
        await hands.calm()
        if shown not in cells(app):
            await hands.press("f3")
        assert shown in cells(app)
        for answer in ("x", "1"):
            await hands.press("f9")
            await hands.until(lambda: "Écran masqué" in cells(app))
            assert shown not in cells(app)
            await hands.press(answer, "1")
            await hands.until(lambda: show in cells(app))
            assert shown not in cells(app)
        await hands.press("f3")
        assert shown in cells(app)


async def test_the_numbers_to_copy_are_hidden_with_the_screen() -> None:
    await _hides("guide_ready", NIR, "Afficher les chiffres")


async def test_the_passwords_that_were_proposed_are_hidden_with_the_screen() -> None:
    await _hides("guide_password", "Cacher les mots de passe", "Afficher trois mots de passe")


async def test_the_keys_of_a_counter_are_in_its_menu_and_may_be_others() -> None:
    app = EspaceApp(
        await _at("guide_ready"),
        Texts("fr"),
        theme="dark",
        keys={"next": "ctrl+b"},
        watch=IdleWatch(IdleLimits()),
    )
    async with app.run_test(size=(80, 40)) as pilot:
        hands = Hands(app, pilot, Texts("fr"))
        await hands.calm()
        await hands.press("f6")
        for words in ("Ctrl+B Finir avec cette personne", "Ctrl+P Passer ou rendre le clavier"):
            assert words in cells(app)
        await hands.press("escape", "ctrl+n")
        assert "Finir avec cette personne\u202f?" not in cells(app)
        await hands.press("ctrl+b")
        assert "Finir avec cette personne\u202f?" in cells(app)
