"""At a counter an answer is masked as soon as one leaves it, in both faces; a secret, always."""

from __future__ import annotations

import pytest

from espace_tui.idle import IdleLimits, IdleWatch
from espace_tui.journey.fields import nir_field, sign_in_fields
from espace_tui.journey.form import Field, FieldKind
from espace_tui.screens import dialogs
from tests.app.harness import cells, open_app
from tests.counter.masking import PocketMasks
from tests.linear.conversation import converse
from tests.linear.fake_steps import LINE, SECRET, TICK, SmallStep
from tests.linear.scripted_console import Answer, ScriptedConsole
from tests.walks.full_screen import Hands
from tests.walks.script import CARD, CONTACTS, DECIDE, IDENTIFY, SERIAL, TO_IDENTIFICATION

CODE, NIR = "Kd7mP3xRw9Tf", "284058832102532"


def test_every_text_has_a_mask_and_no_choice_has() -> None:
    identifier, password = sign_in_fields()
    assert identifier.masked("camille.exemple") == "•••••••••••••le"
    assert (identifier.masked("ab"), identifier.masked("")) == ("••••••••", "")
    assert password.masked("Fleur7") == "••••••••"
    assert nir_field().masked(NIR) == "• •• •• •• ••• ••• 32"
    assert Field("mail", str, many_lines=True).masked("From: x") == "••••••••"
    assert Field("choice", str, FieldKind.CHOICE).masked("photo") == "photo"


async def test_a_field_is_masked_once_it_is_left() -> None:
    async with open_app(TO_IDENTIFICATION, masks=PocketMasks()) as hands:
        await hands.type(CODE)
        assert CODE in cells(hands.app)
        await hands.press("tab")
        assert "•••• •••• ••Tf" in cells(hands.app)
        assert CODE[:10] not in cells(hands.app).replace(" ", "")
        await hands.press("shift+tab")
        assert "Kd7m P3xR w9Tf" in cells(hands.app)


async def test_on_a_computer_of_ones_own_nothing_is_masked() -> None:
    async with open_app(TO_IDENTIFICATION) as hands:
        await hands.type(CODE)
        await hands.press("tab")
        assert "Kd7m P3xR w9Tf" in cells(hands.app)


async def test_for_a_projector_a_field_is_masked_while_it_is_typed() -> None:
    async with open_app(TO_IDENTIFICATION, masks=PocketMasks(always=True)) as hands:
        await hands.type(CODE)
        assert "•" * 12 in cells(hands.app)
        await hands.press("f3")
        assert CODE in cells(hands.app)
        await hands.press("tab", "shift+tab")
        assert CODE[:10] not in cells(hands.app).replace(" ", "")


async def test_the_magnifier_asks_first() -> None:
    async with open_app(TO_IDENTIFICATION, masks=PocketMasks()) as hands:
        await hands.type(CODE)
        await hands.press("f4")
        assert "lisibles de loin" in cells(hands.app)
        await hands.press("escape")
        assert not isinstance(hands.app.screen, dialogs.MagnifierDialog)
        await hands.press("f4", "enter")
        assert isinstance(hands.app.screen, dialogs.MagnifierDialog)


async def test_all_the_answers_are_masked_and_stay_so() -> None:
    masks = PocketMasks()
    async with open_app((*TO_IDENTIFICATION, *IDENTIFY, *CARD), masks=masks) as hands:
        await hands.press("f2")
        assert "NIR … 32" in cells(hands.app)
        await hands.press("f3")
        assert "a le clavier" in cells(hands.app)
        assert SERIAL not in cells(hands.app)
        await hands.press("escape")
        masks.may_reveal = True
        await hands.press("f2", "f3")
        assert SERIAL in cells(hands.app)


TO_CREDENTIALS = (*TO_IDENTIFICATION, *IDENTIFY, *CARD, *DECIDE, *CONTACTS)


async def test_a_secret_is_shown_to_the_person_alone() -> None:
    masks = PocketMasks()
    async with open_app(TO_CREDENTIALS, masks=masks, size=(80, 40)) as hands:
        await hands.press("tab")
        await hands.type(CODE)
        await hands.press("f3")
        assert "a le clavier" in cells(hands.app)
        assert CODE not in cells(hands.app)
        masks.may_reveal = True
        await hands.press("f3")
        assert CODE in cells(hands.app)


async def _hidden_then_resumed(hands: Hands, watch: IdleWatch) -> None:
    await hands.press("f9")
    await hands.until(lambda: "Écran masqué" in cells(hands.app))
    assert watch.is_hidden
    await hands.press("x", "1")
    await hands.until(lambda: "Écran masqué" not in cells(hands.app))


async def test_what_was_hidden_comes_back_masked() -> None:
    watch, masks = IdleWatch(IdleLimits()), PocketMasks(may_reveal=True)
    async with open_app(TO_CREDENTIALS, masks=masks, watch=watch, size=(80, 40)) as hands:
        await hands.type("zoe.anais")
        await hands.press("tab")
        await hands.type(CODE)
        await hands.press("f3", "shift+tab")
        assert {"zoe.anais", CODE} <= {*cells(hands.app).split()}
        await hands.press("f2")
        await _hidden_then_resumed(hands, watch)
        shown = cells(hands.app)
        assert not any(each in shown for each in ("zoe", CODE))
        assert hands.app.screen is hands.app.step_screen
        await hands.type("x")
        assert "zoe.anaisx" in cells(hands.app)


# --- line by line


async def test_a_line_is_masked_once_it_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[tuple[str, bool] | None] = []

    def look(answer: str) -> Answer:
        def told(console: ScriptedConsole) -> str:
            mask = console.mask
            given.append(mask and (mask.mask(CODE), mask.typed))
            return answer

        return told

    answers = [look("ab12"), look(":actions"), look("2"), look(":show"), look("ab12"), ":quit"]
    masks = PocketMasks(always=True)
    await converse(monkeypatch, SmallStep(LINE, TICK), answers, masks=masks)
    masked = "••••••••••Tf"
    assert given == [(masked, True), None, None, (masked, True), (masked, False)]


async def test_nothing_typed_is_said_back(monkeypatch: pytest.MonkeyPatch) -> None:
    masks, spelled = PocketMasks(), [":spell", "no", ":all", ":actions"]
    given = ["Kd7m", *spelled, ":quit"]
    held = await converse(monkeypatch, SmallStep(LINE, TICK), given, masks=masks)
    assert "readable from afar" in held.text
    assert "hidden 7m" in held.text
    assert not {"Kd7m", "Kd, 7m"} & {*held.text.split()}
    agreed = await converse(
        monkeypatch, SmallStep(LINE, TICK), ["Kd7m", ":spell", "yes", ":quit"], masks=masks
    )
    assert "capital K, d, 7, m" in agreed.text


async def test_a_secret_is_said_to_the_person_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    given = ["Canary-9", ":show", ":quit"]
    masks = PocketMasks()
    refused = await converse(monkeypatch, SmallStep(SECRET, TICK), given, masks=masks)
    assert "once they have the keyboard" in refused.text
    assert "Canary-9" not in refused.text
    masks.may_reveal = True
    shown = await converse(monkeypatch, SmallStep(SECRET, TICK), given, masks=masks)
    assert "Canary-9" in shown.text


async def test_the_commands_of_a_counter(monkeypatch: pytest.MonkeyPatch) -> None:
    masks = PocketMasks()
    given = [":hide", ":keyboard", ":next", "no", ":commands", ":quit"]
    held = await converse(monkeypatch, SmallStep(LINE, TICK), given, masks=masks)
    assert held.console.hidden
    assert masks.asked == ["welcome"]
    assert "End with this person?" in held.text
    assert "hide at once" in held.text
    elsewhere = await converse(monkeypatch, SmallStep(LINE), [":hide", ":keyboard", ":quit"])
    assert elsewhere.text.count("for a counter, during a visit") == 2
