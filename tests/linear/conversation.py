"""Holding a conversation over small steps: what is answered, and what was said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict, Unpack

import pytest

from espace_tui.i18n import Texts
from espace_tui.linear import run
from tests.linear.fake_steps import Small, wizard_over
from tests.linear.rules import breaches, misshapen
from tests.linear.script import Answer, Script


class Held:
    """A conversation that was held."""

    def __init__(self, small: Small, console: Script, outcome: str) -> None:
        self.small = small
        self.console = console
        self.outcome = outcome

    @property
    def said(self) -> str:
        """All that was said, on one line."""
        return " ".join(self.console.transcript.split())


class Manner(TypedDict, total=False):
    """How the person wants to be spoken to."""

    verbosity: str
    bell: bool


async def hold(
    monkeypatch: pytest.MonkeyPatch,
    small: Small,
    answers: Sequence[Answer] | Script,
    **manner: Unpack[Manner],
) -> Held:
    """Hold a conversation in English; Enter comes after the answers, unless a console is given."""
    console = answers if isinstance(answers, Script) else Script([*answers, ""])
    outcome = await run(wizard_over(monkeypatch, small), Texts("en"), console, **manner)
    assert breaches(console.transcript) == []
    assert misshapen(console.prompts) == []
    return Held(small, console, outcome)
