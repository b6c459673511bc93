"""What a person can count on, on every screen of a step."""

from __future__ import annotations

import asyncio

import pytest
from textual import events

from espace_tui.errors import FieldProblem, Unreachable
from espace_tui.widgets.button import TextButton
from espace_tui.widgets.content import PageContent
from espace_tui.widgets.fields.text_row import TextRow
from espace_tui.widgets.notices import ErrorSummary
from tests.app.harness import SlowConnection, cells, open_app
from tests.app.scenes import TO_CARD, TO_CREDENTIALS, TO_DECISION, WRONG
from tests.people import ZOE
from tests.walks.full_screen import Hands, plain
from tests.walks.script import (
    IDENTIFIER,
    SERIAL,
    TO_IDENTIFICATION,
    TO_REVIEW,
    TO_SPACE,
)

A_LONG_WHILE = 19  # seconds: no test waits for as long


async def test_nothing_is_scolded_before_continue() -> None:
    async with open_app(TO_IDENTIFICATION) as hands:
        await hands.type("x")
        await hands.press("tab", "tab", "shift+tab")
        assert "Erreur" not in cells(hands.app)


async def test_the_first_wrong_field_takes_the_focus_and_every_answer_stays() -> None:
    async with open_app(TO_IDENTIFICATION) as hands:
        await hands.press("tab")
        await hands.type("2 84")
        await hands.press("f10")
        rows = hands.app.step_screen.rows
        assert hands.app.focused is rows["code"].control
        assert rows["nir"].text == "2 84"


async def test_two_problems_come_first_in_a_summary_that_leads_to_the_fields() -> None:
    async with open_app((*TO_IDENTIFICATION, *WRONG)) as hands:
        assert "2 réponses sont à revoir" in hands.words()
        links = hands.app.screen.query_one(ErrorSummary).query(TextButton)
        hands.app.screen.set_focus(links.last())
        await hands.press("enter")
        assert hands.app.focused is hands.app.step_screen.rows["nir"].control


async def test_a_mended_field_is_no_longer_wrong_after_continue() -> None:
    async with open_app((*TO_IDENTIFICATION, *WRONG)) as hands:
        await hands.fill("nir", ZOE.nir)
        await hands.press("f10")
        assert not hands.app.screen.query(ErrorSummary)
        assert hands.app.screen.query("FieldMessages .wrong").first().parent is (
            hands.app.step_screen.rows["code"].messages
        )


async def test_what_depends_on_a_choice_follows_it() -> None:
    async with open_app(TO_CARD) as hands:
        await hands.press("1")
        await hands.until(lambda: "8025000002" in cells(hands.app))
        await hands.press("2")
        await hands.until(lambda: "8025000002" not in cells(hands.app))
        await hands.press("tab")
        await hands.type("123")
        await hands.press("shift+tab", "1")
        assert hands.app.step_screen.rows["serial"].text == "123"


async def test_before_the_kind_of_card_is_known_no_format_is_asked_for() -> None:
    async with open_app(TO_CARD) as hands:
        await hands.press("f10")
        assert "Choisissez d’abord le type de carte" in hands.words()
        assert "entre la photo" not in hands.words()


async def test_a_digit_chooses_from_anywhere_but_a_text_field_and_goes_nowhere() -> None:
    async with open_app(TO_CARD) as hands:
        await hands.press("tab")
        await hands.type("2")
        row = hands.app.step_screen.rows["kind"]
        assert row.text == ""
        await hands.press("tab", "2")
        assert row.text == "plain"
        assert hands.app.wizard.step_name == "card"


async def test_keys_typed_ahead_reach_the_fields_and_screens_that_follow() -> None:
    async with open_app(TO_CARD) as hands:
        for key in ("1", "tab", *SERIAL, "enter", "1", "tab", "space", "f10"):
            character = " " if key == "space" else key if len(key) == 1 else None
            hands.app.post_message(events.Key(key, character))
        await hands.settle()
        await hands.settle()
        assert hands.app.wizard.step_name == "contacts"


async def test_the_counter_counts_what_is_read_not_what_stands_between() -> None:
    async with open_app(TO_IDENTIFICATION) as hands:
        await hands.press("tab")
        await hands.type("2.84.05.88.321.025.32")
        assert "15 sur 15" in cells(hands.app).replace("\u202f", " ").replace("\xa0", " ")


async def test_corrections_typed_fast_stay_in_order() -> None:
    async with open_app(TO_IDENTIFICATION) as hands:
        for key in ("a", "b", "x", "backspace", "c", "left", "left", "z", "home", "y"):
            hands.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await hands.settle()
        assert hands.app.step_screen.rows["code"].text == "yazbc"


async def test_keys_typed_before_the_review_was_read_validate_nothing() -> None:
    moves = (*TO_REVIEW[:-2],)
    async with open_app(moves) as hands:
        for _ in range(3):
            hands.app.post_message(events.Key("f10", None))
        await hands.settle()
        assert hands.app.wizard.step_name == "review"


async def test_keys_typed_ahead_accept_nothing_on_the_page_that_asks_what_is_kept() -> None:
    async with open_app() as hands:
        for key in ("enter", "f10", "enter", "space", "enter"):
            hands.app.post_message(events.Key(key, None))
        await hands.settle()
        assert hands.app.wizard.step_name == "privacy"
        assert not hands.app.wizard.context.preferences.chosen


async def test_that_page_has_no_default_button() -> None:
    async with open_app() as hands:
        await hands.press(*["enter"] * 5, "space")
        assert isinstance(hands.app.focused, PageContent)
        assert not hands.app.wizard.context.preferences.chosen
        await hands.press("tab", "tab", "enter")
        assert hands.app.wizard.context.preferences.chosen


async def test_what_is_typed_before_anything_has_the_focus_is_not_lost() -> None:
    """As in the instant after a page is painted, or after a click beside everything."""
    async with open_app(TO_CREDENTIALS) as hands:
        hands.app.screen.set_focus(None)
        await hands.type(IDENTIFIER)
        assert hands.app.step_screen.rows["identifier"].text == IDENTIFIER


async def test_what_the_service_thinks_is_said_in_passing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")  # with few colours, two of them are alike
    async with open_app(TO_CREDENTIALS) as hands:
        await hands.type(IDENTIFIER)
        await hands.press("tab")
        await hands.settle()
        assert "libre" in hands.words()
        assert "Erreur" not in hands.words()
        (good,) = hands.app.screen.query("FieldInfo > .good")
        assert plain(good).startswith("✔ ")
        assert good.styles.color.hex.lower() == hands.app.theme_variables["met"]


async def test_a_proposed_password_is_said_until_it_is_changed_or_hidden() -> None:
    async with open_app(TO_CREDENTIALS) as hands:
        for keys in (("end", "backspace"), ("f3",)):
            await hands.do(("screen", "submit", ("propose_password",)))
            row = hands.app.step_screen.rows["password"]
            proposed = row.text
            assert len(proposed) >= 8
            assert proposed in hands.words()  # where it is typed again
            hands.app.step_screen.set_focus(row.control)
            await hands.calm()
            assert proposed in cells(hands.app)
            await hands.press(*keys)
            assert proposed not in hands.words()


async def test_a_suggestion_is_a_button_that_fills_the_field() -> None:
    async with open_app((*TO_CREDENTIALS,)) as hands:
        screen = hands.app.step_screen
        screen.action_use_suggestion("identifier", "zoe.anais2")
        await hands.settle()
        assert screen.rows["identifier"].text == "zoe.anais2"
        assert hands.app.focused is screen.rows["identifier"].control


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let keys act on a wait sooner than a person needs."""
    monkeypatch.setattr("espace_tui.app.wizard_app.WORDS_AFTER", 0.02)
    monkeypatch.setattr("espace_tui.app.wizard_app.QUEUE_FOR", 0.03)


async def test_a_quick_answer_is_not_announced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("espace_tui.app.wizard_app.SILENT_WAIT", 20)
    line = SlowConnection(free=False)
    async with open_app(TO_DECISION, connection=line) as hands:
        hands.app.call_later(lambda: asyncio.get_running_loop().call_later(0.05, line.freed.set))
        await hands.press("1", "tab", "space", "f10")
        assert not hands.app.workers
        assert "Étape 4 sur 6" in hands.words()


async def test_words_wait_and_the_answer_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("espace_tui.app.wizard_app.SILENT_WAIT", 0)
    monkeypatch.setattr("espace_tui.app.wizard_app.QUEUE_FOR", A_LONG_WHILE)
    line = SlowConnection(free=False)
    async with open_app(TO_DECISION, connection=line) as hands:
        await hands.press("1", "tab", "space", "f10")
        assert hands.app.busy_shown
        assert "Un instant" not in cells(hands.app)
        await hands.until(lambda: "Un instant" in cells(hands.app))
        worded = asyncio.get_running_loop().time()
        line.freed.set()
        await hands.settle()
        assert "Étape 4 sur 6" in hands.words()
        assert asyncio.get_running_loop().time() - worded < A_LONG_WHILE


async def test_a_long_wait_is_worded_and_can_be_cancelled() -> None:
    async with open_app(TO_DECISION, connection=SlowConnection(free=False)) as hands:
        await hands.press("1", "tab", "space", "f10")
        await hands.until(lambda: "Un instant" in cells(hands.app))
        assert "Annuler (Échap)" in cells(hands.app)
        await hands.press("escape")
        await hands.settle()
        assert "C’est annulé" in hands.words()
        assert hands.app.step_screen.rows["choice"].text == "activate"
        assert hands.app.step_screen.rows["terms"].text == "yes"


@pytest.mark.usefixtures("brief")
async def test_a_wait_that_lasts_is_answered_all_the_same() -> None:
    line = SlowConnection(free=False)
    async with open_app(TO_DECISION, connection=line) as hands:
        await hands.press("1", "tab", "space", "f10")
        await hands.until(lambda: not hands.app.busy_shown)
        await hands.press("tab", "f10")
        line.freed.set()
        await hands.settle()
        assert hands.app.wizard.step_name == "contacts"


@pytest.mark.usefixtures("brief")
async def test_leaving_gives_up_what_is_being_asked() -> None:
    async with open_app(TO_DECISION, connection=SlowConnection(free=False)) as hands:
        await hands.press("1", "tab", "space", "f10", "ctrl+c")
        assert "Quitter l’assistant" in hands.words()
        await hands.until(lambda: not hands.app.busy_shown)
        await hands.press("tab", "enter")
        assert hands.app.return_value == "quit"


@pytest.mark.usefixtures("brief")
async def test_what_was_answered_under_another_page_is_shown_when_it_closes() -> None:
    line = SlowConnection(free=False)
    async with open_app(TO_DECISION, connection=line) as hands:
        await hands.press("1", "tab", "space", "f10", "f9")
        line.freed.set()
        await hands.settle()
        assert "Écran masqué" in hands.words()
        await hands.press("x")
        await hands.settle()
        assert "Étape 4 sur 6" in hands.words()


async def test_the_first_name_opens_the_menu_of_the_space() -> None:
    async with open_app(TO_SPACE) as hands:
        assert isinstance(hands.app.focused, TextButton)
        assert hands.app.focused.label == "Zoé-Anaïs : mon menu".replace(" :", "\u00a0:")
        await hands.press("enter")
        assert hands.words().startswith("Mon menu")
        await hands.press("enter")
        await hands.settle()
        assert hands.app.wizard.step_name == "signed_out"


async def answered_once_worded(hands: Hands, line: SlowConnection) -> None:
    """Let a call be answered while its wait has just been worded, however slow the machine."""
    await hands.until(lambda: hands.app.busy_shown)
    line.freed.set()
    await hands.settle()
    await hands.settle()


async def test_keys_typed_during_a_short_wait_go_to_what_follows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("espace_tui.app.wizard_app.QUEUE_FOR", 20)
    line = SlowConnection(free=False)
    async with open_app(TO_CARD, connection=line) as hands:
        await hands.press("1", "tab")
        await hands.type(SERIAL)
        for key in ("f10", "2"):
            hands.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await answered_once_worded(hands, line)
        assert hands.app.wizard.step_name == "decision"
        assert hands.app.step_screen.rows["choice"].text == "oppose"


async def test_pressing_continue_again_during_a_wait_does_not_answer_what_follows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("espace_tui.app.wizard_app.QUEUE_FOR", 20)
    line = SlowConnection(free=False)
    async with open_app(TO_CARD, connection=line) as hands:
        await hands.press("1", "tab")
        await hands.type(SERIAL)
        for key in ("f10", "f10", "enter"):
            hands.app.post_message(events.Key(key, None))
        await answered_once_worded(hands, line)
        assert hands.app.wizard.step_name == "decision"
        assert "Erreur" not in hands.words()


async def test_what_cannot_be_reached_is_said_and_can_be_tried_again() -> None:
    async with open_app(TO_DECISION, connection=SlowConnection(Unreachable("network"))) as hands:
        await hands.press("1", "tab", "space", "f10")
        assert "Le service ne répond pas" in hands.words()
        assert isinstance(hands.app.focused, TextButton)
        await hands.press("enter")
        assert hands.app.wizard.step_name == "contacts"


async def test_what_is_typed_over_a_text_goes_to_the_field_it_is_meant_for() -> None:
    async with open_app(TO_IDENTIFICATION, size=(40, 12)) as hands:
        assert hands.app.focused is not hands.app.step_screen.rows["code"].control
        await hands.type("aB3dE5")
        assert hands.app.step_screen.rows["code"].text == "aB3dE5"


async def test_what_is_erased_over_a_refusal_is_erased_in_the_field() -> None:
    async with open_app(TO_CARD, size=(40, 12)) as hands:
        await hands.press("1")
        await hands.fill("serial", f"{SERIAL[:-1]}{9 - int(SERIAL[-1])}")
        await hands.press("f10")
        await hands.settle()
        row = hands.app.step_screen.rows["serial"]
        assert hands.app.focused is not row.control
        await hands.press("backspace")
        assert row.text == SERIAL[:-1]
        await hands.type(SERIAL[-1])
        assert row.text == SERIAL


async def test_a_paste_made_on_a_button_goes_to_the_field_one_was_in() -> None:
    async with open_app(TO_IDENTIFICATION) as hands:
        await hands.press("tab", "tab")
        hands.app.post_message(events.Paste("NIR : 2 84 05 88 321 025 32\n"))
        await hands.settle()
        row = hands.app.step_screen.rows["nir"]
        assert isinstance(row, TextRow)
        assert row.field.parse(row.text)


async def test_going_back_keeps_everything_and_never_leaves() -> None:
    async with open_app(TO_IDENTIFICATION) as hands:
        await hands.type("aB3d")
        for _ in range(6):
            await hands.press("escape")
        assert hands.app.is_running
        await _forward(hands)
        assert hands.app.step_screen.rows["code"].text == "aB3d"


async def _forward(hands: Hands) -> None:
    while hands.app.wizard.step_name != "identification":
        await hands.press("f10")


@pytest.mark.parametrize("way_back", ["enter", "escape"])
async def test_one_comes_back_from_the_terms_to_where_one_was(way_back: str) -> None:
    async with open_app(TO_DECISION) as hands:
        await hands.press("1", "tab")
        await hands.do(("screen", "submit", ("read_terms",)))
        assert hands.app.wizard.step_name == "terms"
        while hands.app.step_screen.step_name == "terms":
            await hands.press(way_back)
        assert hands.app.focused is hands.app.step_screen.rows["terms"].control
        assert hands.app.step_screen.rows["choice"].text == "activate"


async def test_what_a_problem_suggests_is_a_button_too() -> None:
    async with open_app((*TO_CREDENTIALS,)) as hands:
        messages = hands.app.step_screen.rows["identifier"].messages
        values = {"characters": "C", "suggestion": "camille.martin", "min": 8, "max": 100}
        messages.problems = (FieldProblem("identifier", "identifier.uppercase", values),)
        messages.refresh(recompose=True)
        await hands.settle()
        (button,) = messages.query(TextButton)
        assert "camille.martin" in str(button.label)
