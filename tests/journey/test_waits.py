"""A refusal says how long to wait, never too short, or where to begin again."""

from __future__ import annotations

import pytest

from espace_tui.errors import Refused
from espace_tui.i18n import Text, Texts
from espace_tui.journey.context import StepContext
from espace_tui.journey.form import Step
from espace_tui.journey.itineraries.activation import ACTIVATION
from espace_tui.journey.steps.space.sign_in import SignInStep
from espace_tui.journey.wizard import Wizard
from tests.walks.worlds import FirstRun, PocketKeyring


class AsksNothing(Step[None]):
    name = "sign_in"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(None, "0 seconde"), (45, "45 secondes"), (60, "1 minute"), (61, "2 minutes")],
)
def test_a_wait_is_said(seconds: int | None, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wizard = Wizard(StepContext(NotImplemented, FirstRun(), PocketKeyring()))
    monkeypatch.setattr(SignInStep, "fields", lambda *_: ())
    monkeypatch.setattr("espace_tui.journey.steps.load", lambda _: AsksNothing())
    wizard._show_refusal(Refused("too-many-attempts", wait=seconds))  # noqa: SLF001 — its words
    alert = wizard._remarks.alert  # noqa: SLF001 — its words
    assert isinstance(alert, Text)
    assert said in Texts("fr")(alert)


@pytest.mark.parametrize(("code", "step_name"), ACTIVATION.redirects.items())
def test_what_has_ended_is_begun_again_where_it_begins(code: str, step_name: str) -> None:
    wizard = Wizard(StepContext(NotImplemented, FirstRun(), PocketKeyring()))
    wizard._show_refusal(Refused(code))  # noqa: SLF001 — where it leads
    assert wizard.step_name == step_name
