"""One parts quickly line by line: what to check together is one question, and Enter goes on."""

from __future__ import annotations

from espace_tui.app import EspaceApp
from espace_tui.i18n import Texts
from espace_tui.journey.guiding import SiteJourney
from espace_tui.journey.itineraries.counter import PARTING, visit_itinerary
from espace_tui.journey.itineraries.guide import guide_itinerary
from espace_tui.journey.wizard import Wizard
from espace_tui.linear import Speaker, run
from espace_tui.linear.actions import next_actions
from tests.app.harness import cells
from tests.counter.test_steps import visit
from tests.journey.steps.situations import SITE, FakeNotes
from tests.linear.scripted_console import Answer, ScriptedConsole
from tests.walks.full_screen import Hands


async def part(*answers: Answer) -> tuple[Wizard, FakeNotes, ScriptedConsole, str]:
    """Part from somebody line by line."""
    notes = FakeNotes()
    wizard = visit(notes)
    await wizard.start(PARTING)
    console = ScriptedConsole(answers)
    return wizard, notes, console, await run(wizard, Speaker(console, Texts("fr")))


async def test_one_ends_with_somebody_and_quits_nothing_where_the_guide_is_over() -> None:
    at_counter = SiteJourney(SITE.noted, lambda: SITE.official, SITE.today, PARTING, "to_parting")
    wizard = Wizard(
        visit(FakeNotes()).context, visit_itinerary(FakeNotes()), guide_itinerary(at_counter)
    )
    await wizard.start("guide_over")
    view, speaker = wizard.view(), Speaker(ScriptedConsole(), Texts("fr"))
    offered = [each.name for each in next_actions(speaker, view, with_fields=True)]
    assert offered == ["to_parting", "begin_again"]
    app = EspaceApp(wizard, Texts("fr"), theme="dark")
    async with app.run_test(size=(80, 40)) as pilot:
        await Hands(app, pilot, Texts("fr")).calm()
        assert "> Finir avec cette personne <" in cells(app)
        assert "Quitter l’assistant" not in cells(app)


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
