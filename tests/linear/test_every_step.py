"""Every step in every situation can be read and answered here: a new one that cannot be fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import pytest

from espace_tui.i18n import LANGUAGES, Text, Texts
from espace_tui.journey.form import FieldKind, Step, StepState
from espace_tui.journey.view import View
from espace_tui.journey.wizard import Wizard
from espace_tui.linear.actions import next_actions
from espace_tui.linear.commands import HANDLERS
from espace_tui.linear.field import ASK, FieldPrompt
from espace_tui.linear.field_text import say_help
from espace_tui.linear.prompt import Conversation, list_options
from espace_tui.linear.speaker import Manner, Speaker, plain_spaces
from espace_tui.linear.step import announce
from tests.journey.steps.situations import every_step, situations
from tests.linear.scripted_console import ScriptedConsole
from tests.linear.transcript_rules import breaches, misshapen

STEPS = dict(every_step())
ANSWERS = {
    FieldKind.TEXT: "x",
    FieldKind.SECRET: "x",
    FieldKind.CHOICE: "1",
    FieldKind.CHECKBOX: "yes",
}


@dataclass
class FixedStep:
    """Where a person stands, without a wizard: one step in one situation."""

    step: Step[Any]
    state: StepState
    focus: str = ""
    finished = True

    @property
    def step_name(self) -> str:
        return self.step.name

    def step_links(self) -> tuple[()]:
        return ()

    def answers(self) -> tuple[()]:
        return ()

    def set_text(self, name: str, text: str) -> None:
        """Keep nothing."""

    def view(self) -> View:
        """Return what there is to draw."""
        name = self.step.name
        return View(
            step_name=name,
            title=self.step.title(self.state),
            lead=Text(f"step.{name}.lead"),
            number=2,
            total=6,
            next_title=Text("step.review.title"),
            blocks=self.step.blocks(self.state),
            fields=self.step.fields(self.state),
            actions=self.step.actions(self.state),
            typed=self.state.typed,
            problems=(),
            advice=(),
            alert=None,
            retry=False,
            notice=None,
            can_go_back=True,
        )


async def read_and_answer(
    step: FixedStep, console: ScriptedConsole, language: str = "fr"
) -> Speaker:
    """Read a step, answer its fields, and list what can be done; return who said it."""
    speaker, view = Speaker(console, Texts(language), Manner("full")), step.view()
    conversation = Conversation(cast("Wizard", step), speaker, HANDLERS)
    await announce(conversation, view, questions_follow=True)
    for number, field in enumerate(view.fields, 1):
        await ASK[field.kind](conversation, FieldPrompt(field, number, len(view.fields), ""))
        say_help(speaker, field)
        speaker.begin_block()
    actions = next_actions(speaker, view, with_fields=True)
    list_options(speaker, [action.option for action in actions])
    return speaker


async def test_a_narrow_screen_cuts_no_line() -> None:
    at = situations()[0]
    for _, each in every_step():
        step = FixedStep(each, at)
        console = ScriptedConsole([ANSWERS[field.kind] for field in step.view().fields])
        console.columns = 40
        await read_and_answer(step, console)
        assert [line for line in console.lines if len(line.rstrip()) > 40] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", STEPS)
async def test_a_step_is_read_and_answered(name: str, language: str) -> None:
    for at in situations():
        step = FixedStep(STEPS[name], at)
        view = step.view()
        console = ScriptedConsole([ANSWERS[field.kind] for field in view.fields])
        speaker = await read_and_answer(step, console, language)
        assert breaches(console.transcript) == []
        assert misshapen(console.prompts) == []
        assert len(console.prompts) == len(view.fields)
        for field in view.fields:
            assert speaker.texts(field.text_for("label")).split()[0] in console.transcript
            if field.picture:
                described = speaker.texts(f"picture.{field.picture}.words")
                assert plain_spaces(described) in " ".join(console.transcript.split())
