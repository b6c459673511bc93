"""Holding a conversation over small steps: what is answered, and what was said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict, Unpack

import pytest

from espace_tui.i18n import Texts
from espace_tui.journey.context import Masks
from espace_tui.linear import Manner, Speaker, run
from tests.linear.fake_steps import SmallStep, wizard_with
from tests.linear.scripted_console import Answer, ScriptedConsole
from tests.linear.transcript_rules import THOUSANDS, breaches, misshapen


class Outcome:
    """A conversation that was held."""

    def __init__(self, small: SmallStep, console: ScriptedConsole, outcome: str) -> None:
        self.step = small
        self.console = console
        self.outcome = outcome

    @property
    def text(self) -> str:
        """All that was said, on one line."""
        return " ".join(self.console.transcript.split())


class SpeechOptions(TypedDict, total=False):
    """How the person wants to be spoken to."""

    verbosity: str
    bell: bool
    width: int
    paging: bool
    masks: Masks | None


async def converse(
    monkeypatch: pytest.MonkeyPatch,
    step: SmallStep,
    answers: Sequence[Answer] | ScriptedConsole,
    **speech: Unpack[SpeechOptions],
) -> Outcome:
    """Hold a conversation in English; Enter comes after the answers, unless a console is given."""
    console = answers if isinstance(answers, ScriptedConsole) else ScriptedConsole([*answers, ""])
    outcome = await run(
        wizard_with(monkeypatch, step), Speaker(console, Texts("en"), Manner(**speech))
    )
    assert breaches(console.transcript) == []
    assert misshapen(console.prompts) == []
    assert not THOUSANDS.search(console.transcript)
    return Outcome(step, console, outcome)
