"""Each kind of field: what is asked, what is kept, what is said of the answer."""

from __future__ import annotations

from typing import get_args

import pytest

from espace_tui.errors import InvalidValue
from espace_tui.journey.fields import optional
from espace_tui.journey.form import Action, ActionKind, Block, Field, FieldKind
from espace_tui.linear.blocks import RENDERERS
from espace_tui.linear.field import ASK
from espace_tui.validators import provisional_code
from tests.linear.conversation import converse
from tests.linear.fake_steps import ADVISED, CHOICE, LINE, PROPOSE, SECRET, TICK, SmallStep
from tests.linear.scripted_console import ScriptedConsole, answer_on_line

CANARY = "Canary-Secret-9"
TWO = (Action("continue"), Action("home", ActionKind.GO, "welcome"))


def test_every_kind_of_field_can_be_asked() -> None:
    assert set(ASK) == set(FieldKind)


def test_every_kind_of_block_can_be_read() -> None:
    assert set(RENDERERS) == set(get_args(Block))


async def test_the_question_the_format_the_example_then_the_prompt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = await converse(monkeypatch, SmallStep(LINE, TICK), ["ab12"])
    lines = held.console.lines
    first = next(line for line in lines if line.startswith("Question 1 of 2. "))
    assert "4 letters and digits" in first
    assert "Example" in "".join(lines[lines.index(first) :][:2])
    assert held.console.prompts[0] == "Provisional code: "
    assert "characters of 4" not in held.text
    held = await converse(monkeypatch, SmallStep(LINE, TICK), ["ab1"])
    assert "3 characters of 4." in held.text


async def test_short_says_only_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(monkeypatch, SmallStep(LINE, TICK), ["ab12", "yes"], verbosity="short")
    assert "Example" not in held.text
    assert "Question" not in held.text
    assert "Format" not in held.text
    assert held.console.prompts[:2] == ["Provisional code: ", "Yes or no? "]


async def test_full_says_the_helps_too(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(monkeypatch, SmallStep(LINE), [], verbosity="full")
    assert "You can paste the whole message" in held.text


async def test_an_empty_line_passes_where_no_choice_is_needed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    field = optional(CHOICE, "plain")
    held = await converse(monkeypatch, SmallStep(field), [""])
    assert held.step.submitted == [{"kind": None}]
    assert held.console.prompts[0] == "Choice 1-2 (Enter: 2): "


@pytest.mark.parametrize(
    ("answers", "value"),
    [
        (["2"], "plain"),
        (["1."], "photo"),
        (["é"], "plain"),
        (["&"], "photo"),
        (['"', "'", "(", "-", "..", "1"], "photo"),
        (["n° 2"], "plain"),
        (["« 2 »."], "plain"),
        (["2)"], "plain"),
        (["with a"], "photo"),
        (["", "9", "0", "no such", "2"], "plain"),
        (["photo", "1"], "photo"),
        (["9" * 5000, "1"], "photo"),
        (["٢", "1"], "photo"),
    ],
)
async def test_a_choice_is_made_by_its_number_or_its_words(
    monkeypatch: pytest.MonkeyPatch, answers: list[str], value: str
) -> None:
    held = await converse(monkeypatch, SmallStep(CHOICE), answers)
    assert held.step.submitted == [{"kind": value}]
    assert held.console.prompts[: len(answers)] == ["Choice 1-2: "] * len(answers)
    assert held.text.count("Error:") == len(answers) - 1 + (held.outcome == "ended")


async def test_choices_stand_one_per_line_after_their_count(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = await converse(monkeypatch, SmallStep(CHOICE), [])
    (at,) = [n for n, line in enumerate(held.console.lines) if line.endswith(". 2 choices:")]
    assert [line[:3] for line in held.console.lines[at + 1 : at + 3]] == ["1. ", "2. "]


@pytest.mark.parametrize(("word", "ticked"), [("yes", True), ("o", True), ("Non.", False)])
async def test_a_box_is_answered_by_yes_or_no_in_either_language(
    monkeypatch: pytest.MonkeyPatch, word: str, *, ticked: bool
) -> None:
    held = await converse(monkeypatch, SmallStep(TICK), ["perhaps", "", word])
    assert held.step.submitted == [{"keep_log": ticked}]
    assert ("Box ticked." in held.text) is ticked


async def test_a_secret_is_counted_and_never_said(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(monkeypatch, SmallStep(SECRET), [CANARY])
    assert held.step.submitted == [{"password": CANARY}]
    assert "15 characters received." in held.text
    assert CANARY not in held.text


@pytest.mark.parametrize("command", ["?", "<", "!", ":quit", ":steps"])
async def test_nothing_in_a_secret_is_a_command(
    monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    held = await converse(monkeypatch, SmallStep(SECRET), [command])
    assert held.step.submitted == [{"password": command}]


async def test_an_empty_line_opens_the_menu_of_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(monkeypatch, SmallStep(SECRET), ["", "type", "", "help", "", "leave"])
    assert held.text.count("1. Type it") == 3
    assert "The longer it is, the safer" in held.text
    assert held.outcome == "quit"


async def test_the_menu_of_a_secret_keeps_the_one_that_was_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    step = SmallStep(SECRET)
    step.draft = {"password": CANARY}
    held = await converse(monkeypatch, step, ["2", "", "2", "1"])
    assert held.step.submitted == [{"password": CANARY}]
    asked = [prompt.split()[0] for prompt in held.console.prompts[:4]]
    assert asked == ["Choice", "Password:", "Choice", "Choice"]


async def test_the_menu_of_a_secret_offers_only_what_can_be_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = await converse(monkeypatch, SmallStep(SECRET), [""])
    menu = [line for line in held.console.lines if line[:2] in {"1.", "2.", "3.", "4.", "5.", "6."}]
    assert [line.split(". ")[1] for line in menu] == [
        "Type it",
        "Go back to the question before",
        "Help with this question",
        "All your answers",
        "What you can do at this step, without answering the rest",
        "Leave the assistant",
    ]


async def test_a_secret_is_shown_once(monkeypatch: pytest.MonkeyPatch) -> None:
    small = SmallStep(SECRET, TICK)
    held = await converse(monkeypatch, small, [CANARY, ":show", ":show", ":q"])
    assert held.text.count(CANARY) == 1
    assert "No secret to show" in held.text


async def test_a_secret_that_is_typed_again_may_be_shown_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = [CANARY, ":show", "<", "Second-Secret-9", ":show", ":q"]
    held = await converse(monkeypatch, SmallStep(SECRET, TICK), lines)
    assert (held.text.count(CANARY), held.text.count("Second-Secret-9")) == (1, 1)


async def test_a_password_can_be_proposed_and_seen_once(monkeypatch: pytest.MonkeyPatch) -> None:
    small = SmallStep(SECRET, TICK, actions=(Action("continue"), PROPOSE))
    held = await converse(monkeypatch, small, ["", "suggest", "no", ":show", ":quit"])
    assert "17 characters, filled in for you" in held.text
    assert held.text.count("Proposed-Secret-7") == 1


async def test_without_editing_an_empty_line_keeps_the_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = SmallStep(LINE, CHOICE, TICK, actions=TWO)
    small.draft = {"code": "ab12", "kind": "plain", "keep_log": "yes"}
    held = await converse(monkeypatch, small, [":actions", "3", "", "4", "", "5", "", "1"])
    assert held.step.submitted == [{"code": "ab12", "kind": "plain", "keep_log": True}]
    assert "Answer kept: ab12; Enter to keep it." in held.text


def drafted() -> SmallStep:
    """Return a step with an answer in the field the person is in."""
    small = SmallStep(LINE)
    small.draft, small.focus = {"code": "ab12"}, "code"
    return small


async def test_with_editing_the_answer_stands_on_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    console = ScriptedConsole([lambda console: answer_on_line(console) + "3", ""], prefills=True)
    held = await converse(monkeypatch, drafted(), console)
    assert held.step.submitted == [{"code": "ab123"}]
    assert "Your answer is kept on the line" in held.text


async def test_with_editing_an_empty_line_is_an_answer_that_was_erased(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = await converse(monkeypatch, drafted(), ScriptedConsole(["", "", "cd34"], prefills=True))
    assert "Error: Choose to activate" in held.text


async def test_a_command_may_follow_the_answer_on_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    console = ScriptedConsole(
        [lambda console: answer_on_line(console) + ":help", ":quit"], prefills=True
    )
    held = await converse(monkeypatch, drafted(), console)
    assert "You can paste the whole message" in held.text
    assert held.outcome == "quit"


async def test_what_is_no_command_after_the_answer_on_the_line_belongs_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    console = ScriptedConsole(
        [lambda console: answer_on_line(console) + ":xyzzy", ""], prefills=True
    )
    held = await converse(monkeypatch, drafted(), console)
    assert held.step.submitted == [{"code": "ab12:xyzzy"}]


async def test_a_tab_is_a_space(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(monkeypatch, SmallStep(LINE), ["ab\t12", ""])
    assert held.step.submitted == [{"code": "ab 12"}]


async def test_a_paste_of_several_lines_is_one_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    def paste(console: ScriptedConsole) -> str:
        console.pasted_rest = "ab12\nregards"
        return "wrong"

    held = await converse(monkeypatch, SmallStep(LINE), ScriptedConsole([paste, ""], prefills=True))
    assert held.step.submitted == [{"code": "wrong ab12 regards"}]


async def test_the_lines_after_a_whole_answer_are_left_for_the_next_question(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def paste(console: ScriptedConsole) -> str:
        console.pasted_rest = "more"
        return "ab12"

    held = await converse(monkeypatch, SmallStep(LINE), ScriptedConsole([paste, ""], prefills=True))
    assert held.step.submitted == [{"code": "ab12"}]


async def test_rules_are_said_before_and_after(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(monkeypatch, SmallStep(ADVISED, TICK), ["abc", "<", "abcd"])
    assert "Rules: " in held.text
    assert "0 rules met of 1. Missing:" in held.text
    assert "All the rules are met." in held.text


async def test_a_number_is_spelled_by_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(
        monkeypatch, SmallStep(LINE, TICK), [":spell", "aB-2cd", ":spell", ":quit"]
    )
    assert "There is no answer to spell" in held.text
    assert "Group 1 of 2: a, capital B, hyphen, 2" in held.text
    assert "Group 2 of 2: c, d" in held.text


@pytest.mark.parametrize("prefills", [True, False])
async def test_what_a_problem_suggests_is_taken_by_one_key(
    monkeypatch: pytest.MonkeyPatch,
    prefills: bool,  # noqa: FBT001 — a parameter
) -> None:
    def parse(text: str) -> str:
        if text != "255081416802538":
            raise InvalidValue("nir.shift", suggestion="255081416802538")
        return text

    number = Field("nir", parse, length=15)
    console = ScriptedConsole(["é((à_", "", lambda it: it.prefill, ""], prefills=prefills)
    held = await converse(monkeypatch, SmallStep(number), console)
    assert held.step.submitted == [{"nir": "255081416802538"}]


async def test_a_number_found_in_a_pasted_message_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    code = Field(
        "code",
        provisional_code.parse,
        normalize=provisional_code.normalize,
        groups=provisional_code.groups,
        length=12,
        values={"length": 12},
    )
    mail = "Votre code provisoire est le suivant : AbC1dEf2GhI3. Il est valable six semaines."
    held = await converse(monkeypatch, SmallStep(code), [mail])
    assert "We read: AbC1, dEf2, GhI3." in held.text
    held = await converse(monkeypatch, SmallStep(code), ["AbC1 dEf2 GhI3"])
    assert "We read" not in held.text
