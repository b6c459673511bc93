"""One parts quickly line by line: what to check together is one question, and Enter goes on."""

from __future__ import annotations

from espace_tui.i18n import Texts
from espace_tui.journey.itineraries.counter import PARTING
from espace_tui.journey.wizard import Wizard
from espace_tui.linear import Speaker, run
from tests.counter.test_steps import visit
from tests.journey.steps.situations import FakeNotes
from tests.linear.scripted_console import Answer, ScriptedConsole


async def part(*answers: Answer) -> tuple[Wizard, FakeNotes, ScriptedConsole, str]:
    """Part from somebody line by line."""
    notes = FakeNotes()
    wizard = visit(notes)
    await wizard.start(PARTING)
    console = ScriptedConsole(answers)
    return wizard, notes, console, await run(wizard, Speaker(console, Texts("fr")))


def ticked(wizard: Wizard) -> list[str]:
    """Return what is ticked."""
    return [name for name, text in wizard.typed.items() if text == "yes"]


async def test_whoever_parts_answers_one_question_of_three() -> None:
    _, notes, console, outcome = await part("", "1", "", "")
    assert (outcome, notes.get("end"), notes.get("autonomy")) == ("done", "finished", "")
    said = " ".join(console.transcript.split())
    assert "Question 1 sur 3. À vérifier ensemble ; rien n’est obligatoire. 4 choix" in said
    assert all(f"{number}. {words}" in said for number, words in enumerate(CHECKED, 1))
    assert "Question 2 sur 3 : Comment cela s’est-il fini" in said
    by_enter = [prompt.split()[-2][0] for prompt in console.prompts if "Entrée" in prompt]
    assert by_enter[-2:] == ["4", "1"]


CHECKED = ("Navigateur", "Carte Vitale", "Rien dans l’imprimante", "La personne sait")


async def test_what_was_checked_is_told_by_its_numbers() -> None:
    wizard, _, console, _ = await part("5", "?", "aide", "3 1")
    assert ticked(wizard) == ["checked_browser", "checked_printer"]
    assert console.transcript.count("de 1 à 4, ou « tout »") == 3
    wizard, *_ = await part("tout", "2", "<", "<", "é")
    assert ticked(wizard) == ["checked_belongings"]
