"""A campaign from a file: its lines read, checked, and invited a batch at a time.

The next batch is read and its codes are hashed while the one before is written: the cores are never
idle. See `espace_tui.activation.use_cases.campaign` for what makes it go on after a kill.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from espace_tui.activation.use_cases.campaign import Batch, Campaign, Progress, Ready
from espace_tui.activation.use_cases.office import Invitee
from espace_tui.i18n import Text
from espace_tui.operating.columns import BadLine, person
from espace_tui.operating.csv_file import Line, Place, Sheet
from espace_tui.operating.rejects import Problem, Rejects

AT_ONCE = 32
LOOKED_AT = 500
"""Lines that are looked at together, at most: a file of rejects moves on too."""


@dataclass
class Reading:
    """A batch as it was read: people, and the problems of the other lines."""

    after: Place
    people: list[tuple[int, Invitee]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rejected: int = 0

    def add(self, line: Line) -> None:
        """Read one more line."""
        self.after = line.after
        try:
            self.people.append((line.number, _person(line)))
        except BadLine as bad:
            self.rejected += 1
            self.problems += [(line.number, *problem) for problem in bad.problems]

    @property
    def batch(self) -> Batch:
        """The batch to invite."""
        return Batch(self.people, self.after.offset, self.after.line, self.rejected)


@dataclass
class Run:
    """A campaign under way: `told` after each batch; it stops after the batch in hand."""

    campaign: Campaign
    sheet: Sheet
    rejects: Callable[[int], Rejects]
    told: Callable[[Progress], None]
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    is_new: bool = field(default=True, init=False)
    """Whether there was anything left to read."""
    _writing: asyncio.Task[Progress] = field(init=False, repr=False)

    async def whole(self) -> Progress:
        """Invite the people of the file, from where the campaign stopped."""
        start = self.sheet.start
        so_far = await self.campaign.begin(start.offset, start.line)
        self.is_new = so_far.place < self.sheet.size
        kept = self.rejects(so_far.line)
        self.told(so_far)
        self._writing = asyncio.create_task(_already(so_far))
        try:
            await self._go_on(kept, Place(so_far.place, so_far.line))
        finally:
            await asyncio.wait({self._writing})
        return self._writing.result()

    async def _go_on(self, kept: Rejects, place: Place) -> None:
        for reading in _readings(self.sheet, place):
            ready = await self.campaign.prepare(reading.batch)
            so_far = await self._writing
            kept.add(reading.problems)
            kept.add(map(_known, ready.known))
            self._writing = asyncio.create_task(self._write(ready, so_far, kept))
            if self.stop.is_set():
                break

    async def _write(self, ready: Ready, so_far: Progress, kept: Rejects) -> Progress:
        after, late = await self.campaign.invite(ready, so_far)
        kept.add(map(_known, late))
        self.told(after)
        return after


async def _already(so_far: Progress) -> Progress:
    return so_far


def _known(line: int) -> Problem:
    return line, "nir", Text("operator.line.known")


def _readings(sheet: Sheet, place: Place) -> Iterator[Reading]:
    reading, looked_at = Reading(place), 0
    for line in sheet.lines(place):
        reading.add(line)
        looked_at += 1
        if len(reading.people) == AT_ONCE or looked_at == LOOKED_AT:
            yield reading
            reading, looked_at = Reading(reading.after), 0
    if looked_at:
        yield reading


def _person(line: Line) -> Invitee:
    if line.problem:
        raise BadLine([("", Text(f"operator.line.{line.problem}"))])
    return person(line.cells)
