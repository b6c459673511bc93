"""How things are said: lines that fit any screen, blocks apart, no answer in a repr."""

from __future__ import annotations

import pytest

from espace_tui.i18n import Text, Texts
from espace_tui.linear import Manner, Speaker
from espace_tui.linear.field import FieldPrompt
from espace_tui.linear.prompt import Question
from tests.linear.conversation import converse
from tests.linear.fake_steps import CHOICE, LINE, SECRET, SmallStep
from tests.linear.scripted_console import ScriptedConsole


def speaker_on(console: ScriptedConsole, verbosity: str = "normal") -> Speaker:
    return Speaker(console, Texts("en"), Manner(verbosity))


@pytest.mark.parametrize(("columns", "widest"), [(200, 72), (40, 40), (5, 20), (0, 20)])
def test_lines_are_72_columns_at_most_and_20_at_least(columns: int, widest: int) -> None:
    console = ScriptedConsole()
    console.columns = columns
    lines = speaker_on(console).wrap("ten chars " * 30)
    assert max(map(len, lines)) in range(widest - 10, widest + 1)


def test_one_blank_line_stands_between_two_blocks() -> None:
    console = ScriptedConsole()
    speaker = speaker_on(console)
    speaker.write("one")
    speaker.begin_block()
    speaker.begin_block()
    speaker.write("two")
    speaker.say_block("linear.yes")
    speaker.write("three")
    speaker.begin_block()
    speaker.continue_block()
    speaker.write("more of three")
    assert console.lines == ["one", "", "two", "", "yes", "", "three", "more of three"]


def test_an_enumeration_joins_its_items_in_order() -> None:
    speaker = speaker_on(ScriptedConsole())
    assert speaker.join_items(["a"]) == "a"
    joined = speaker.join_items(["a", "b", "c"])
    assert [letter for letter in joined if letter in "abc"] == ["a", "b", "c"]


def test_a_text_that_the_catalogue_lacks_is_nothing() -> None:
    speaker = speaker_on(ScriptedConsole())
    assert speaker.text_if_any(Text("linear.yes")) == "yes"
    assert speaker.text_if_any(Text("field.nickname.help")) == ""


def test_nothing_typed_stands_in_a_repr() -> None:
    prompt = FieldPrompt(SECRET, 1, 1, "Canary-Secret-9")
    assert "Canary" not in repr(prompt) + repr(Question("p", prefill="Canary-Secret-9"))
    assert "password" in repr(prompt)


async def test_a_prompt_that_is_too_long_for_the_screen_is_said_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    console = ScriptedConsole()
    console.columns = 20
    small = SmallStep(LINE, CHOICE)
    small.focus, small.draft = "kind", {"kind": "plain", "code": "ab12"}
    said = await converse(monkeypatch, small, console)
    assert "Choice 1-2 (Enter: 2):" in said.text
    assert console.prompts == ["2): "]


async def test_an_error_stands_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    said = await converse(monkeypatch, SmallStep(LINE), [":xyzzy", "ab12"])
    error = said.console.lines.index("Error: unknown command. The command commands lists them all.")
    assert said.console.lines[error - 1] == ""
