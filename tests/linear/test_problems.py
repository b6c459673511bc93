"""What stops a step: errors by number, refusals, a service that does not answer, advice."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from typing_extensions import override

from espace_tui.errors import Refused, Unreachable
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import Action, ActionKind, Field, StepState
from espace_tui.journey.session import Session
from tests.linear.conversation import converse
from tests.linear.fake_steps import ADVISED, CHOICE, LINE, SECRET, TICK, SmallStep
from tests.linear.scripted_console import ScriptedConsole, answer_on_line

MISSING = "Error: Card type: choose"


async def test_one_problem_is_said_and_its_question_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = await converse(monkeypatch, SmallStep(LINE), ["wrong", "", "ab12"])
    assert held.text.count("Choose to activate") == 1
    assert held.console.prompts[0] == held.console.prompts[2] == "Provisional code: "
    assert held.step.submitted == [{"code": "ab12"}]


async def test_a_wrong_answer_is_kept_to_be_edited(monkeypatch: pytest.MonkeyPatch) -> None:
    def more(console: ScriptedConsole) -> str:
        return answer_on_line(console) + " no more"

    held = await converse(
        monkeypatch, SmallStep(LINE), ScriptedConsole(["wrong", "", more], prefills=True)
    )
    assert held.step.submitted == [{"code": "wrong no more"}]


async def test_several_problems_are_numbered_and_corrected_in_any_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = SmallStep(LINE, ADVISED, TICK)
    held = await converse(monkeypatch, small, ["wrong", "wrong", "no", "", "2", "abcd", "ab12"])
    assert "Error: 2 problems: 1. Choose to activate" in held.text
    assert "Correct 1-2 (Enter: 1):" in held.text
    assert held.step.submitted == [{"code": "ab12", "email": "abcd", "keep_log": False}]


class Shrinking(SmallStep):
    """A step that asks for an e-mail address until the code is « ab12 »."""

    @override
    def fields(self, state: StepState) -> tuple[Field, ...]:
        return (LINE,) if state.typed.get("code") == "ab12" else (LINE, ADVISED)


async def test_a_field_that_another_answer_removed_is_not_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = await converse(monkeypatch, Shrinking(), ["wrong", "wrong", "", "", "ab12", ""])
    assert "Error: 2 problems" in held.text
    assert held.step.submitted == [{"code": "ab12"}]


async def test_enter_corrects_the_first_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(
        monkeypatch, SmallStep(LINE, ADVISED), ["wrong", "", "", "", "ab12", "abcd"]
    )
    assert held.step.submitted == [{"code": "ab12", "email": "abcd"}]


async def test_a_problem_can_be_left_for_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(
        monkeypatch, SmallStep(LINE), ["wrong", "", ":actions", "answer", "ab12", "1"]
    )
    assert "Answer again. Provisional code: wrong" in held.text
    assert held.step.submitted == [{"code": "ab12"}]


async def test_a_refusal_keeps_everything_and_offers_every_way_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = SmallStep(LINE)
    small.failures = [Refused("refused")]
    small.action_list = (Action("continue"), Action("messages", ActionKind.GO, "welcome"))
    held = await converse(monkeypatch, small, ["ab12", "", "cd34", "1"])
    assert "Error: We could not match these details" in held.text
    assert held.text.count("(command actions): See your messages") == 3
    assert held.step.submitted == [{"code": "cd34"}]


async def test_enter_never_sends_again_what_was_just_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = SmallStep(LINE)
    small.failures = [Refused("refused")]
    held = await converse(monkeypatch, small, ["ab12", "", "cd34", "1"])
    assert held.console.prompts[2] == "Provisional code: "
    assert held.step.submitted == [{"code": "cd34"}]


async def test_nor_where_one_of_several_answers_may_be_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = SmallStep(LINE, CHOICE)
    small.failures = [Refused("refused")]
    held = await converse(monkeypatch, small, ["ab12", "1", "", "", "2", "cd34", ""])
    assert held.console.prompts[3:5] == ["Choice 1-4: "] * 2
    assert held.step.submitted == [{"code": "cd34", "kind": "photo"}]


async def test_repeat_says_again_what_was_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(monkeypatch, SmallStep(LINE), ["wrong", "", "!", "ab12"])
    assert held.text.count("Choose to activate") == 2


async def test_a_field_that_the_service_refuses_is_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = SmallStep(LINE)
    small.failures = [Refused("identifier.taken", field="code")]
    held = await converse(monkeypatch, small, ["ab12", "", "cd34"])
    assert "already taken" in held.text
    assert held.step.submitted == [{"code": "cd34"}]


async def test_a_dead_service_can_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    small = SmallStep(LINE)
    small.failures = [Unreachable("network"), Unreachable("timeout")]
    held = await converse(monkeypatch, small, ["ab12", "", "", ""])
    assert held.text.count("1. Try again") == 2
    assert "Enter: 1" in held.text
    assert held.step.submitted == [{"code": "ab12"}]


@pytest.mark.parametrize(
    ("answers", "kept_as"),
    [([""], "odd"), (["2"], "better"), (["3", "other"], "other"), (["keep"], "odd")],
)
async def test_an_advice_offers_its_suggestion_by_number(
    monkeypatch: pytest.MonkeyPatch, answers: list[str], kept_as: str
) -> None:
    held = await converse(monkeypatch, SmallStep(ADVISED), ["odd", "", *answers])
    assert "To check: New email address This username is already taken." in held.text
    assert held.step.submitted == [{"email": kept_as}]


async def test_what_is_typed_again_after_an_advice_is_asked_shortly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = await converse(monkeypatch, SmallStep(ADVISED), ["odd", "", "3", "other"])
    first, second = [
        i for i, line in enumerate(held.console.lines) if line == "New email address: "
    ][:2]
    assert "Rules: " in " ".join(held.console.lines[:first])
    assert "Rules: " not in " ".join(held.console.lines[first:second])
    assert held.step.submitted == [{"email": "other"}]


async def test_the_bell_rings_on_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(monkeypatch, SmallStep(CHOICE), ["9", "9", ":quit"])
    assert held.console.bell_count == 2


async def test_the_bell_can_be_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(monkeypatch, SmallStep(CHOICE), ["9", "9", ":quit"], bell=False)
    assert held.console.bell_count == 0


async def test_a_bug_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    small = SmallStep(LINE)
    small.failures = [ZeroDivisionError()]
    with pytest.raises(ZeroDivisionError):
        await converse(monkeypatch, small, ["ab12"])


class Slow(SmallStep):
    """A step whose service takes its time, and a person who may give up."""

    def __init__(self, seconds: float, console: ScriptedConsole | None = None) -> None:
        super().__init__(LINE)
        self.seconds = seconds
        self.console = console
        self.given_up = False

    @override
    async def submit(
        self, context: StepContext, answers: Mapping[str, Any], session: Session
    ) -> Session:
        if self.console and self.console.cancel:
            asyncio.get_running_loop().call_later(0.01, self.console.cancel)
        try:
            await asyncio.sleep(self.seconds)
        except asyncio.CancelledError:
            self.given_up = True
            raise
        return await super().submit(context, answers, session)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make hundredths of a second of the seconds of a wait."""
    monkeypatch.setattr("espace_tui.linear.waiting.QUIET_SECONDS", 0.001)
    monkeypatch.setattr("espace_tui.linear.waiting.REPEAT_SECONDS", 0.02)


@pytest.mark.usefixtures("hurried")
async def test_a_wait_is_told_at_its_start_now_and_then_and_its_result_ends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held = await converse(monkeypatch, Slow(0.3), ["ab12"])
    told = held.text[held.text.index("Please wait") :]
    assert 1 <= told.count("Still in progress (0 s).") <= 0.3 / 0.02
    assert "over" not in told


async def test_a_quick_answer_is_not_commented(monkeypatch: pytest.MonkeyPatch) -> None:
    held = await converse(monkeypatch, Slow(0), ["ab12"])
    assert "Please wait" not in held.text


@pytest.mark.usefixtures("hurried")
async def test_a_wait_can_be_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    console = ScriptedConsole(["ab12", "", ":quit"])
    step = Slow(60, console)
    held = await converse(monkeypatch, step, console)
    assert step.given_up
    assert "you stopped waiting" in held.text
    assert "The wait is over" not in held.text
    assert "Answer again. Provisional code: ab12" in held.text
    assert held.outcome == "quit"


@pytest.mark.usefixtures("hurried")
async def test_the_face_can_be_cancelled_while_it_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    step = Slow(60)
    task = asyncio.create_task(converse(monkeypatch, step, ["ab12"]))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.sleep(0)
    assert step.given_up


async def test_secrets_stay_out_of_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    small = SmallStep(SECRET)
    small.failures = [Refused("refused"), Unreachable("network")]
    held = await converse(monkeypatch, small, ["Canary-Secret-9", "", "1", "1"])
    assert "Canary" not in held.text
    assert "hidden" in held.text
