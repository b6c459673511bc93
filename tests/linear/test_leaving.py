"""Bad lines, and every way out: nothing is lost, nothing is half-done."""

from __future__ import annotations

import asyncio

import pytest

from espace_tui.linear.console.port import KilledError, UnreadableLineError
from tests.linear.conversation import converse
from tests.linear.fake_steps import LINE, TICK, SmallStep
from tests.linear.scripted_console import Answer, ScriptedConsole


@pytest.mark.parametrize(
    "line",
    [
        UnreadableLineError("overlong"),
        UnreadableLineError("encoding"),
        "nul\x00",
        "arrow\x1b[D",
        "c1\x9b",
        "\r",
    ],
)
async def test_a_line_that_cannot_be_an_answer_is_told_and_the_question_asked_again(
    monkeypatch: pytest.MonkeyPatch, line: Answer
) -> None:
    held = await converse(monkeypatch, SmallStep(LINE), [line, "ab12"])
    assert held.console.prompts[:2] == ["Provisional code: "] * 2
    assert held.text.count("it was not taken. Nothing is lost.") == 1
    assert held.step.submitted == [{"code": "ab12"}]


async def test_the_end_of_the_input_does_nothing_by_halves(monkeypatch: pytest.MonkeyPatch) -> None:
    console = ScriptedConsole(["ab12"])
    held = await converse(monkeypatch, SmallStep(LINE, TICK), console)
    assert held.outcome == "ended"
    assert held.step.submitted == []
    assert "nothing is half done" in held.text


async def test_ctrl_c_asks_before_leaving(monkeypatch: pytest.MonkeyPatch) -> None:
    asks = KeyboardInterrupt()
    answers: list[Answer] = [asks, "no", "ab12", "yes", "", asks, "yes"]
    held = await converse(monkeypatch, SmallStep(LINE, TICK), answers)
    assert held.text.count("Leave the assistant? The answers of this step") == 2
    assert "Nothing is lost" in held.text
    assert held.step.submitted == [{"code": "ab12", "keep_log": True}]
    assert held.outcome == "quit"


async def test_ctrl_c_twice_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(monkeypatch, SmallStep(LINE), [KeyboardInterrupt(), KeyboardInterrupt()])
    assert held.outcome == "quit"


async def test_nobody_reads_the_output_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(monkeypatch, SmallStep(LINE), [BrokenPipeError()])
    assert held.outcome == "ended"


async def test_a_killed_process_lets_its_loop_end_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def kill(_console: ScriptedConsole) -> str:
        asyncio.get_running_loop().call_soon(task.cancel)
        raise KilledError

    task = asyncio.create_task(converse(monkeypatch, SmallStep(LINE), [kill]))
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_the_first_line_says_the_mode_and_how_to_leave_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    console = ScriptedConsole([":quit"], full_screen=True)
    await converse(monkeypatch, SmallStep(LINE), console)
    assert console.lines[0] == "Line-by-line mode, asked for by the option “--linear”."
    assert console.lines[1].startswith(
        "To leave: command quit. For the full screen: command visual."
    )
