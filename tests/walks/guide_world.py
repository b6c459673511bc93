"""The world of the guide: no backend, no network; a desk in memory, messages judged for real."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from typing_extensions import override

from espace_tui.clock import MovableClock
from espace_tui.guide.message.inspection import inspect
from espace_tui.guide.message.letter import Letter
from espace_tui.guide.official import load
from espace_tui.guide.official.bundled import NOTED
from espace_tui.journey.context import StepContext
from espace_tui.journey.guiding import SiteJourney
from espace_tui.journey.itineraries.checking import CHECKING
from espace_tui.journey.itineraries.guide import guide_itinerary
from espace_tui.journey.wizard import Wizard
from tests.activation.world import START
from tests.walks import plain
from tests.walks.script import Walk
from tests.walks.told import Told
from tests.walks.worlds import FirstRun, PocketKeyring, World

if TYPE_CHECKING:
    from espace_tui.model.grants import Message

TODAY = date(2026, 11, 26)


_BEGINNINGS = ("Bolu-kife-tonu", "Vexi-rapo-dami", "Gano-lupi-sevo")


class PocketDesk:
    """A computer that opens and writes nothing, and remembers what it was asked."""

    may_open = True
    may_save = True

    def __init__(self) -> None:
        self.opened = 0
        self.saved: list[date] = []
        self._proposed = 70

    def identifiers(self) -> tuple[str, ...]:
        self._proposed += 1
        return tuple(f"{word}-{self._proposed}" for word in ("jardin.lune", "pomme.rame"))

    def passwords(self) -> tuple[str, ...]:
        self._proposed += 1
        return tuple(f"{word}{self._proposed}!" for word in _BEGINNINGS)

    async def open_site(self) -> None:
        self.opened += 1

    async def save_calendar(self, received: date) -> str:
        self.saved.append(received)
        return "echeance.ics"


class PlainReader:
    """Judges a paste in this very process: the rules are the same, the limits are tested apart."""

    async def read(self, text: str) -> Letter:
        return inspect(text.encode(), (), is_paste=True).dated(TODAY)


class GuideWorld(World):
    """Who walks the guide: nobody was invited, and no backend is there to be asked."""

    def __init__(self) -> None:
        nothing = cast("Any", None)
        super().__init__(nothing, nothing, MovableClock(START), nothing, nothing)
        self.desk = PocketDesk()

    @override
    def context(self) -> StepContext:
        return StepContext(
            self.backend, FirstRun(), PocketKeyring(), guide=self.desk, letterbox=PlainReader()
        )

    @override
    def wizard(self) -> Wizard:
        site = SiteJourney(NOTED, load, TODAY)
        return Wizard(self.context(), guide_itinerary(site), CHECKING)

    @override
    async def messages(self) -> tuple[Message, ...]:
        return ()

    @override
    def collect(self) -> tuple[Message, ...]:
        return ()


async def guide_told(walk: Walk) -> str:
    """Return what a walk of the guide tells, and what was done on the computer."""
    world, told = GuideWorld(), Told()
    await plain.play(walk, world, told)
    saved = ", ".join(map(str, world.desk.saved))
    return f"{told.text}\nopened: {world.desk.opened}\nsaved: {saved}\n"
