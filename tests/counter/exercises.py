"""How a good helper plays each case, and one who does all else: scripts for both faces."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from typing_extensions import override

from espace_tui.activation.use_cases.administration import Invitee
from espace_tui.cli.commands.visits.train import ExerciseGuest, ExerciseWatch
from espace_tui.counter.training import load_cases
from espace_tui.i18n import Texts
from espace_tui.idle import IdleLimits
from espace_tui.journey.context import MAGNIFIER, StepContext
from espace_tui.journey.guiding import SiteJourney
from espace_tui.journey.itineraries.activation import ACTIVATION
from espace_tui.journey.itineraries.checking import CHECKING
from espace_tui.journey.itineraries.counter import visit_itinerary
from espace_tui.journey.itineraries.exercise import exercise_itinerary, practised
from espace_tui.journey.itineraries.guide import guide_itinerary
from espace_tui.journey.itineraries.hand_over import secret_steps, with_hand_over
from espace_tui.journey.wizard import Wizard
from espace_tui.model.exercise import BRIEFING, EVENT, PARTING, Case, Exercise
from tests.journey.steps.situations import SITE, FakeNotes
from tests.walks.guide_world import PlainReader, PocketDesk
from tests.walks.script import Do, Fill, Move, Press, Walk, provisional_code
from tests.walks.worlds import FirstRun, PocketKeyring, World, embedded

CASES = load_cases()
FOLDER = Path(__file__).parents[2] / "espace_tui" / "counter" / "training" / "cases"
PASSWORD = "Kv7-rTm2qe"


class ExerciseNotes(FakeNotes):
    """What the steps note, which the exercise hears."""

    def __init__(self, exercise: Exercise) -> None:
        super().__init__(exercise=True)
        self._exercise = exercise

    @override
    def note(self, key: str, word: str) -> None:
        super().note(key, word)
        self._exercise.note(key, word)


class ExerciseWorld(World):
    """An exercise in which somebody is invited where they have a code."""

    def __init__(self, world: World, case: Case, seed: int = 7) -> None:
        super().__init__(
            world.backend, world.rules, world.clock, world.postbox, world.fetch_messages
        )
        self.exercise = Exercise(CASES, seed, Texts(), case)
        self.notes = ExerciseNotes(self.exercise)
        self._wizard: Wizard | None = None
        self.watch: ExerciseWatch = ExerciseWatch(IdleLimits(0, 600), self.exercise)

    @property
    def invitee(self) -> Invitee | None:
        """Who is invited."""
        return ExerciseGuest(self.exercise).invitee("fr")

    @override
    def context(self) -> StepContext:
        chosen = FirstRun()
        chosen.choose(frozenset())
        return StepContext(
            self.backend,
            chosen,
            PocketKeyring(),
            PocketDesk(),
            PlainReader(),
            self.exercise.note_use,
        )

    @override
    def wizard(self) -> Wizard:
        """Return the one wizard of this exercise."""
        self._wizard = self._wizard or self._new_wizard()
        return self._wizard

    def _new_wizard(self) -> Wizard:
        exercise, notes = self.exercise, self.notes
        site = SiteJourney(SITE.noted, lambda: SITE.official, SITE.today, PARTING, "to_parting")
        is_secret = secret_steps(notes, site)
        others = (guide_itinerary(site), CHECKING, ACTIVATION)
        handing = (with_hand_over(each, notes, is_secret) for each in others)
        itineraries = (visit_itinerary(notes), *handing)
        around = exercise_itinerary(exercise)
        return Wizard(self.context(), around, *(practised(each, exercise) for each in itineraries))


@asynccontextmanager
async def world_of(case: Case, folder: Path) -> AsyncIterator[ExerciseWorld]:
    """Open a world in which the person of a case is invited, if they are."""
    async with embedded(folder, Walk("", ())) as bare:
        world = ExerciseWorld(bare, case)
        if world.invitee:
            await world.rules.administration.invite(world.invitee)
        yield world


# --- what a good helper does


async def _magnify(wizard: Wizard) -> None:
    wizard.context.on_use(MAGNIFIER)


NEXT = Press(("ctrl+n", "enter"), ":suivante\noui", lambda wizard: wizard.start(PARTING))
MAGNIFY = Press(("f4", "escape"), ":epeler", _magnify)


def hide(watch: ExerciseWatch) -> Press:
    """Hide the screen, and come back."""

    async def act(_wizard: Wizard) -> None:
        watch.hide()
        watch.resume()

    return Press(("f9", "1"), ":masquer", act)


PURPOSES = {"marie": "child"}
POSTURES = {"theo": "absent"}
ENDS = {
    "georges": "unreadable",
    "samira": "contacts",
    "yvette": "fraud",
    "ionela": "later",
    "mme-d": "elsewhere",
    "aicha": "later",
}
LAST = {
    "camille": "done",
    "paul": "opposed",
    "jean": "done",
    "georges": "card",
    "yvette": "identification",
    "ionela": "message",
    "marie": "guide_numbers",
    "lucien": "identification",
    "nora": "credentials",
    "henri": "credentials",
    "aicha": "identification",
}
"""The step at which the visit is brought to its end, where that is not what one came for."""
ALONE = {"ionela": {"used-easy-words"}, "lucien": {"went-line-by-line"}}
"""What is not done by a script: it is told apart."""


def good_move(world: ExerciseWorld, step: str) -> list[Move]:
    """Return what a good helper does at a step."""
    case = world.exercise.case
    if step.startswith(EVENT):
        return react(world, step)
    if step == LAST.get(case.id):
        before: dict[str, list[Move]] = {
            "georges": [Fill("kind", "photo"), Fill("serial", "00417250938"), MAGNIFY]
        }
        return [*before.get(case.id, []), NEXT]
    return [*_answers(case, step), Do(_ACTIONS.get(step, "continue"))]


def react(world: ExerciseWorld, step: str) -> list[Move]:
    """Return what a good helper does when something happens."""
    reactions = world.exercise.reactions(int(step.removeprefix(EVENT).partition(":")[0]))
    good = {each.deed for each in world.exercise.case.good}
    if not reactions:
        return [hide(world.watch), Do()]
    chosen = next(name for name, each in reactions.items() if each.does in good)
    return [Fill("reaction", chosen), Do()]


_ACTIONS = {
    BRIEFING: "begin_exercise",
    "counter_absent": "goodbye",
    "counter_hand_over": "have_keyboard",
    "counter_give_back": "keyboard_back",
    "counter_parting": "goodbye",
    "guide_time": "have_time",
    "prerequisites": "begin",
    "opposition": "oppose",
    "review": "validate",
}


def _answers(case: Case, step: str) -> list[Move]:
    choice = "oppose" if case.id == "paul" else "activate"
    answers: dict[str, list[Move]] = {
        "counter_posture": [Fill("posture", POSTURES.get(case.id, "beside"))],
        "counter_purpose": [Fill("purpose", PURPOSES.get(case.id, "here"))],
        "counter_parting": [Fill("visit_end", ENDS.get(case.id, "finished"))],
        "identification": [Fill("code", provisional_code), Fill("nir", case.person.nir)],
        "decision": [
            Fill("choice", choice),
            *([] if choice == "oppose" else [Fill("terms", "yes")]),
        ],
        "opposition": [Fill("opposing", "yes")],
        "credentials": [
            Fill("identifier", "jardin.lune"),
            Fill("password", PASSWORD),
            Fill("confirmation", PASSWORD),
        ],
        "guide_for": [Fill("who", "child")],
        "guide_goal": [Fill("goal", "activate")],
        "guide_reach": [Fill("reach", "letter")],
    }
    if case.card:
        number = case.card.serial.replace(" ", "")
        answers["card"] = [Fill("kind", case.card.kind), Fill("serial", number)]
    return answers.get(step, [])
