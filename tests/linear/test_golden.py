"""What a person reads and types, journey by journey, in both languages, to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from espace_tui.i18n import LANGUAGES
from tests.linear.golden import path, transcript
from tests.linear.journeys import (
    IDENTIFY,
    JOURNEYS,
    NEW_PASSWORD,
    TO_IDENTIFICATION,
    Journey,
)
from tests.linear.transcript_rules import breaches, misshapen
from tests.walks.script import PASSWORD


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Word no wait, however slow the machine: words come with time, and these texts do not."""
    monkeypatch.setattr("espace_tui.linear.waiting.QUIET_SECONDS", 60)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.name)
async def test_a_transcript_reads_as_it_did(
    journey: Journey, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the words change on purpose: ``python -m tests.linear.golden``, and read the diff."""
    monkeypatch.setattr("espace_tui.linear.waiting.QUIET_SECONDS", 60)
    text, typist = await transcript(journey, language, tmp_path)
    assert text == path(journey, language).read_text("utf-8")
    assert breaches(typist.transcript) == []
    assert misshapen(typist.prompts) == []
    assert {PASSWORD, NEW_PASSWORD} & set(typist.transcript.split()) == set()


@pytest.mark.parametrize(
    ("typed", "comes"),
    [
        ((), "Continuer (Entrée) : "),
        (("1",), "Choix 1-2 : "),
        (("continuer",), "Choix 1-2 : "),
        (("rien",), "Continuer (Entrée) : "),
        (("2",), "Date de naissance : "),
        (("j’ai besoin",), "Date de naissance : "),
    ],
)
async def test_after_the_questions_enter_goes_on_and_what_was_offered_may_be_named(
    typed: tuple[str, ...], comes: str, tmp_path: Path
) -> None:
    journey = Journey("named", (), (*TO_IDENTIFICATION, *IDENTIFY[:2], *typed))
    _, typist = await transcript(journey, "fr", tmp_path)
    assert typist.prompts[-1] == comes
