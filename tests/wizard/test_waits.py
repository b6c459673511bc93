"""How long to wait is said in seconds, then in whole minutes, never too short."""

from __future__ import annotations

import pytest

from espace_tui.desk import Desk
from espace_tui.errors import Refused
from espace_tui.form import Step
from espace_tui.i18n import Text, Texts
from espace_tui.steps.sign_in import SignIn
from espace_tui.wizard import Wizard
from tests.walks.worlds import FirstRun, PocketKeyring


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(None, "0 seconde"), (45, "45 secondes"), (60, "1 minute"), (61, "2 minutes")],
)
def test_a_wait_is_said(seconds: int | None, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wizard = Wizard(Desk(NotImplemented, FirstRun(), PocketKeyring()))
    asks_nothing: Step[None] = Step()
    monkeypatch.setattr(SignIn, "fields", lambda *_: ())
    monkeypatch.setattr("espace_tui.steps.load", lambda _: asks_nothing)
    wizard._refused(Refused("too-many-attempts", wait=seconds))  # noqa: SLF001 — its words
    alert = wizard._alert  # noqa: SLF001 — its words
    assert isinstance(alert, Text)
    assert said in Texts("fr")(alert)
