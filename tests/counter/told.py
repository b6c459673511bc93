"""The walks of a visit, and what a visit or an exercise tells."""

from __future__ import annotations

from pathlib import Path

from typing_extensions import override

from espace_tui.counter.tally import WITHHELD
from espace_tui.journey.context import StepContext
from espace_tui.journey.guiding import SiteJourney
from espace_tui.journey.itineraries.activation import ACTIVATION
from espace_tui.journey.itineraries.checking import CHECKING
from espace_tui.journey.itineraries.counter import visit_itinerary
from espace_tui.journey.itineraries.guide import guide_itinerary
from espace_tui.journey.itineraries.hand_over import secret_steps, with_hand_over
from espace_tui.journey.itineraries.visited import visited
from espace_tui.journey.wizard import Wizard
from espace_tui.model.exercise import DEBRIEF, PARTING
from tests.counter.exercises import CASES, NEXT, good_move, world_of
from tests.counter.masking import PocketMasks
from tests.journey.steps.situations import SITE, FakeNotes
from tests.walks import plain
from tests.walks.guide_catalogue import NIR
from tests.walks.guide_world import GuideWorld
from tests.walks.script import Back, Do, Expect, Fill, Walk
from tests.walks.told import Told

CASES_TOLD = ("camille", "georges", "yvette", "theo")
"""Exercises with and without a card, a message, somebody who is there."""


class VisitWorld(GuideWorld):
    """Who sits down at a counter, beside the official site."""

    def __init__(self) -> None:
        super().__init__()
        self.notes = FakeNotes()
        self.notes.counted = (
            *(("visits", "all", 19), ("end", "finished", 9), ("end", "later", None)),
            *(("end", "other", WITHHELD), ("span", "30-60", 5)),
        )

    @override
    def context(self) -> StepContext:
        return super().context()._replace(masks=PocketMasks())

    @override
    def wizard(self) -> Wizard:
        site = SiteJourney(SITE.noted, lambda: SITE.official, SITE.today, PARTING, "to_parting")
        notes, is_secret = self.notes, secret_steps(self.notes, site)
        others = (guide_itinerary(site), CHECKING, ACTIVATION)
        around = (visited(with_hand_over(each, notes, is_secret), notes) for each in others)
        return Wizard(self.context(), visit_itinerary(notes), *around)


def _sits_down(posture: str) -> tuple[Do | Fill | Expect, ...]:
    return (
        *(Do("begin_visit"), Expect("counter_comfort"), Do()),
        *(Expect("counter_posture"), Fill("posture", posture), Do()),
    )


PARTS = (
    Expect("counter_parting"),
    *(Do("goodbye"), Expect("counter_parting", problems=("visit_end.missing",))),
    *(Fill("checked_browser", "yes"), Fill("visit_end", "later"), Fill("autonomy", "helped")),
    *(Do("goodbye"), Expect("counter_over")),
)
VISITS = (
    Walk(
        "between two people",
        (
            *(Do("to_counts"), Do("return_to_waiting"), Do("to_computer"), Back()),
            *(Do("to_handouts"), Do("another_handout"), Do("write_handout")),
            *(Fill("sheet_language", "ar"), Fill("sheet_kind", "easy"), Do("write_handout")),
            *(Fill("sheet_language", "en"), Fill("sheet_folder", "/closed"), Do("write_handout")),
            *(Fill("sheet_folder", ""), Do("write_handout")),
            *(Do("return_to_waiting"), Do("begin_visit"), Do("longer_time"), Do("usual_time")),
            *(Do(), Do(), Expect("counter_posture", problems=("posture.missing",))),
        ),
    ),
    Walk("nobody is there", (*_sits_down("absent"), Expect("counter_absent"), Do("goodbye"))),
    Walk(
        "beside the official site",
        (
            *(*_sits_down("beside"), Expect("counter_purpose"), Do()),
            *(
                Expect("counter_purpose", problems=("purpose.missing",)),
                Fill("purpose", "official"),
            ),
            *(Do(), Expect("guide_for"), Fill("who", "me"), Do(), Expect("guide_reach")),
            *(Fill("reach", "mobile"), Do(), Do("have_time"), Do(), Expect("guide_numbers")),
            *(Fill("birth_date", "14/08/1955"), Fill("nir", NIR), Fill("kind", "plain")),
            *(Fill("serial", "31415926535"), Do(), Expect("guide_ready"), Do("hide_numbers")),
            *(Do("show_numbers"), Do(), Expect("guide_identifier"), Do()),
            *(Expect("counter_hand_over"), Do("have_keyboard")),
            *(Expect("guide_password"), Do("show_passwords"), Do()),
            *(Expect("counter_give_back"), Do("keyboard_back"), Expect("guide_open")),
            *(NEXT, *PARTS),
        ),
    ),
    Walk(
        "no time today",
        (
            *(*_sits_down("beside"), Fill("purpose", "official"), Do(), Fill("who", "other"), Do()),
            *(Fill("reach", "email"), Do(), Do("later"), Expect("guide_over")),
            *(Do("to_parting"), *PARTS),
        ),
    ),
    Walk(
        "somebody types for them, and for their child",
        (
            *(*_sits_down("for-them"), Expect("counter_agreement"), Do()),
            *(Expect("counter_agreement", problems=("agreed.missing",)), Fill("agreed", "yes")),
            *(Do(), Fill("purpose", "child"), Do(), Expect("guide_reach"), Fill("reach", "letter")),
            *(Do(), Do("have_time"), Do(), Fill("kind", "skip"), Do(), Expect("counter_hand_over")),
            *(Do("cannot_type"), Do("have_keyboard"), Back(), Back()),
        ),
    ),
    Walk(
        "about a message",
        (
            *(*_sits_down("beside"), Fill("purpose", "message"), Do(), Expect("check_message")),
            *(NEXT, Do("return"), Expect("check_message"), NEXT, *PARTS),
        ),
    ),
    *(
        Walk(f"for {purpose}", (*_sits_down("beside"), Fill("purpose", purpose), Do()))
        for purpose in ("oppose", "find")
    ),
)


async def visit_told(walk: Walk) -> str:
    """Return what a visit tells, and what is noted of it."""
    world, told = VisitWorld(), Told()
    await plain.play(walk, world, told)
    return told.text + noted(world.notes)


def noted(notes: FakeNotes) -> str:
    """Return what is noted of a visit."""
    return "".join(f"\nnoted {key}: {word}" for key, word in sorted(notes.words.items())) + "\n"


async def waiting_told() -> str:
    """Return what the next helper reads, however the visit before ended."""
    told = Told()
    for after, exercise in (("erased", False), ("cleared", False), ("broken", False), ("", True)):
        world = VisitWorld()
        world.notes = FakeNotes(after=after, exercise=exercise)
        wizard = world.wizard()
        await wizard.start()
        told.hear(wizard)
    return told.text


async def case_told(name: str, folder: Path) -> str:
    """Return what an exercise that is played well tells, and what it says was done."""
    told = Told()
    async with world_of(CASES[name], folder) as world:
        wizard = world.wizard()
        await wizard.start()
        told.hear(wizard)
        while (step := wizard.step_name) != DEBRIEF:
            for move in good_move(world, step):
                await plain.make(wizard, move, world)
                told.hear(wizard, move)
        return told.text + noted(world.notes)
