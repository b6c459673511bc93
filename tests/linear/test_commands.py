"""The commands of every prompt."""

from __future__ import annotations

from pathlib import Path

import pytest

from espace_tui.i18n import LANGUAGES, Texts
from espace_tui.journey.form import Action, ActionKind, AllAnswers
from espace_tui.linear.command_names import COMMANDS, Command, names_in, parse_command
from espace_tui.linear.commands import HANDLERS
from espace_tui.linear.counter_commands import COUNTER_HANDLERS
from tests.linear.conversation import converse
from tests.linear.fake_steps import ADVISED, CHOICE, LINE, SECRET, TICK, SmallStep
from tests.linear.golden import transcript
from tests.linear.journeys import IDENTIFY, TO_IDENTIFICATION, TO_SPACE, Journey
from tests.linear.scripted_console import ScriptedConsole
from tests.linear.transcript_rules import breaches

FRENCH, ENGLISH = map(Texts, LANGUAGES)


def test_every_command_is_obeyed() -> None:
    assert set(HANDLERS) == {*COMMANDS, "interrupted"}


@pytest.mark.parametrize("texts", [FRENCH, ENGLISH], ids=LANGUAGES)
def test_the_commands_of_a_language_have_names_of_their_own(texts: Texts) -> None:
    assert len(names_in(texts.language)) == len(COMMANDS)


@pytest.mark.parametrize(
    ("line", "order"),
    [
        ("<", Command("back")),
        (" ? ", Command("help")),
        ("!", Command("repeat")),
        (":etapes", Command("steps")),
        (":Étapes", Command("steps")),
        (": etapes", Command("steps")),
        (":steps", Command("steps")),
        (":q", Command("quit")),
        (":langue en", Command("language", "en")),
        (":lang  English ", Command("language", "English")),
        (":spell", Command("spell")),
        (":visu", Command("visual")),
        ("12 rue", None),
        ("?!", None),
        ("", None),
    ],
)
def test_a_command_is_understood_in_either_language(line: str, order: Command | None) -> None:
    assert parse_command(line, FRENCH) == order


@pytest.mark.parametrize(("line", "name"), [(":re", "repeat"), (":com", "commands")])
def test_a_beginning_is_first_one_of_the_language_of_the_person(line: str, name: str) -> None:
    assert parse_command(line, ENGLISH) == Command(name)
    assert parse_command(line, FRENCH) != Command(name)


def test_an_ambiguous_beginning_tells_what_it_could_be() -> None:
    order = parse_command(":e", FRENCH)
    assert order is not None
    assert order.name == ""
    assert set(order.suggestions) == {"etapes", "effacer", "epeler"}


@pytest.mark.parametrize(("slip", "nearest"), [(":etaps", "etapes"), (":qitter", "quitter")])
def test_an_unknown_command_tells_the_nearest(slip: str, nearest: str) -> None:
    assert parse_command(slip, FRENCH) == Command("", suggestions=(nearest,))


@pytest.mark.parametrize("line", [":", ":xyzzy", ":1"])
async def test_what_resembles_no_command_leads_to_the_list_of_them(
    monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    held = await converse(monkeypatch, SmallStep(LINE), [line, ":quit"])
    assert "Error: unknown command. The command commands lists them all." in held.text


@pytest.mark.parametrize("line", [":", ":xyzzy", ":s", ":Canary-Secret-9", ":" + "x" * 9000])
async def test_what_is_not_a_command_gets_one_clear_line_and_the_question_again(
    monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    held = await converse(monkeypatch, SmallStep(LINE), [line, ":quit"])
    assert held.console.prompts == ["Provisional code: "] * 2
    assert held.text.count("Error:") == held.console.bell_count == 1
    assert "Canary" not in held.text


async def test_repeat_says_the_question_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(monkeypatch, SmallStep(LINE), ["!", "?", ":quit"])
    assert held.text.count("letters and digits; capitals") == 3
    assert held.text.count("You can paste the whole message") == 1


async def test_repeat_after_a_wrong_number_says_the_choices(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = await converse(monkeypatch, SmallStep(CHOICE), ["9", "!", ":quit"])
    assert held.text.count("2 choices:") == 2


async def test_repeat_at_the_end_of_a_step_says_what_there_is_to_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = await converse(monkeypatch, SmallStep(), ["!", ":quit"])
    assert held.text.count(ENGLISH("welcome.what")) == 2
    assert held.console.lines.count("2. Leave the assistant") == 2


@pytest.mark.parametrize(
    ("small", "how"),
    [
        (SmallStep(), "Answer with the number of your choice"),
        (SmallStep(CHOICE), "Answer with the number of your choice"),
        (SmallStep(TICK), "Answer yes or no"),
    ],
)
async def test_help_says_how_to_answer_in_few_lines(
    monkeypatch: pytest.MonkeyPatch, small: SmallStep, how: str
) -> None:
    held = await converse(monkeypatch, small, ["?", ":quit"])
    assert how in held.text
    assert "All the commands: command commands." in held.text
    assert "clear:" not in held.text


async def test_all_commands_can_be_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(monkeypatch, SmallStep(LINE), [":commands"])
    listed = {name for name in names_in(ENGLISH.language) if f"{name}: " in held.text}
    assert {*names_in(ENGLISH.language)} - listed == {
        ENGLISH(f"linear.command.{each}") for each in COUNTER_HANDLERS
    }


async def test_back_goes_to_the_question_before(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(monkeypatch, SmallStep(LINE, TICK), ["<", "ab12", "<", "cd34", "yes"])
    assert "there is nothing before" in held.text
    assert held.step.submitted == [{"code": "cd34", "keep_log": True}]


async def test_all_my_answers_are_said_masked(monkeypatch: pytest.MonkeyPatch) -> None:
    small = SmallStep(LINE, TICK)
    held = await converse(monkeypatch, small, [":all", "ab12", ":all", ":quit"])
    assert "No answers yet." in held.text
    assert "1 answer: Provisional code: ab12" in held.text


async def test_clearing_asks_first(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = ["ab12", ":clear", "no", ":clear", "yes", "cd34", "no"]
    held = await converse(monkeypatch, SmallStep(LINE, TICK), answers)
    assert held.step.submitted == [{"code": "cd34", "keep_log": False}]


async def test_the_language_changes_at_once_and_everything_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = await converse(
        monkeypatch, SmallStep(LINE, TICK), ["ab12", ":language", ":language fr", "oui"]
    )
    assert "say which language" in held.text
    assert held.console.prompts[:5].count("Oui ou non ? ") == 1
    assert held.step.submitted == [{"code": "ab12", "keep_log": True}]


@pytest.mark.parametrize("command", [":court", ":normal", ":complet", ":short", ":full"])
async def test_how_much_is_said_can_change(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    held = await converse(monkeypatch, SmallStep(LINE), [command])
    assert "mode:" in held.text
    assert held.console.prompts[:2] == ["Provisional code: "] * 2


async def test_visual_hands_over_at_the_same_field(monkeypatch: pytest.MonkeyPatch) -> None:
    console = ScriptedConsole(["ab12", ":visual"], full_screen=True)
    held = await converse(monkeypatch, SmallStep(LINE, TICK), console)
    assert held.outcome == "visual"
    assert "command visual" in held.text


async def test_visual_is_refused_where_there_is_no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(monkeypatch, SmallStep(LINE), [":visual"])
    assert held.console.prompts[:2] == ["Provisional code: "] * 2
    assert "is not possible in this terminal" in held.text
    assert "command visual" not in held.text


async def test_there_are_no_numbered_steps_before_the_journey(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = await converse(monkeypatch, SmallStep(LINE), [":steps"])
    assert "The numbered steps begin later." in held.text


async def test_actions_are_offered_before_the_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    offers = (Action("continue"), Action("messages", ActionKind.GO, "welcome"))
    held = await converse(monkeypatch, SmallStep(LINE, actions=offers), [":actions"])
    assert "Other options (command actions): See your messages" in held.text
    assert "2. See your messages" in held.console.transcript
    assert "3. Answer again. Provisional code: no answer" in held.console.transcript


async def test_what_is_listed_next_is_not_announced_too(monkeypatch: pytest.MonkeyPatch) -> None:
    offers = (Action("continue"), Action("messages", ActionKind.GO, "welcome"))
    small = SmallStep(LINE, actions=offers)
    held = await converse(monkeypatch, small, ["ab12", "!", ":quit"])
    assert held.text.count("Other options") == 1
    assert held.text.count("2. See your messages") == 2


async def test_enter_never_makes_a_choice_that_is_an_act(monkeypatch: pytest.MonkeyPatch) -> None:
    offers = (Action("accept_all", ActionKind.ACT), Action("refuse_all", ActionKind.ACT))
    held = await converse(monkeypatch, SmallStep(actions=offers), [""])
    assert held.console.prompts == ["Choice 1-3: "] * 3


async def test_enter_never_validates_what_is_reviewed(monkeypatch: pytest.MonkeyPatch) -> None:
    small = SmallStep()
    small.block_list = (AllAnswers(),)
    held = await converse(monkeypatch, small, ["", "1"])
    assert held.console.prompts[:2] == ["Choice 1-3: "] * 2
    assert len(held.step.submitted) == 1


async def test_what_is_spelled_is_the_answer_to_this_question_or_the_last_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = ["abcd", "efghi", ":spell", "<", ":spell", "<", ":spell", ":quit"]
    held = await converse(monkeypatch, SmallStep(LINE, ADVISED, TICK), lines)
    spelled = [line for line in held.console.lines if line.startswith("Group 1")]
    last, here, first = ("e, f, g, h", "e, f, g, h", "a, b, c, d")
    assert [line.split(": ")[1] for line in spelled] == [last, here, first]


async def test_a_secret_is_never_spelled_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(monkeypatch, SmallStep(SECRET, TICK), ["Canary-9", ":spell", ":quit"])
    assert "There is no answer to spell" in held.text


@pytest.mark.parametrize(("verbosity", "groups"), [("short", 0), ("normal", 0), ("full", 2)])
async def test_a_secret_that_is_shown_is_spelled_only_to_who_wants_everything_said(
    monkeypatch: pytest.MonkeyPatch, verbosity: str, groups: int
) -> None:
    step = SmallStep(SECRET, TICK)
    held = await converse(monkeypatch, step, ["Canary-9", ":show", ":quit"], verbosity=verbosity)
    assert "Password: Canary-9" in held.text
    assert held.text.count("Group") == groups


async def test_a_reached_step_can_be_jumped_to_from_the_list(tmp_path: Path) -> None:
    lines = (":steps", "9", "6", "", ":steps", "2", ":steps", "<", ":steps", "1", ":quit")
    journey = Journey("jumps", (*TO_IDENTIFICATION, *IDENTIFY), lines)
    text, _ = await transcript(journey, "en", tmp_path)
    asked = [line for line in text.splitlines() if line.startswith(("Error", "Step"))]
    asks = "Step (Enter: stay): "
    assert asked == [
        f"{asks}9",
        "Error: answer with a number from 1 to 6. Example: 1.",
        f"{asks}6",
        "Error: this step opens only after the ones before it.",
        asks,
        f"{asks}2",
        f"{asks}<",
        f"{asks}1",
        "Step 1 of 6: Confirm who you are",
    ]
    assert text.count("6. Check your answers (later)") == text.count(":steps") == 4
    assert text.count("Question 1 of 2: Type of card") == 3
    assert breaches(text) == []


async def test_leaving_an_open_space_asks_first(tmp_path: Path) -> None:
    lines = (":quit", "no", "no", ":quit", "no", "yes", "never typed")
    journey = Journey("leaving", TO_SPACE, lines)
    text, _ = await transcript(journey, "en", tmp_path)
    assert text.count("Sign out and leave?") == 2
    assert text.count("Leave without signing out?") == 2
    assert text.count("2. Close my space") == 1
    assert text.endswith("Goodbye. The assistant keeps nothing you typed.\n")
