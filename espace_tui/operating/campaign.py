"""A campaign from a file: its lines read, checked, and invited a batch at a time.

The next batch is read and its codes are hashed while the one before is written: the cores are never
idle. See `espace_tui.activation.use_cases.campaign` for what makes it go on after a kill.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from espace_tui.activation.use_cases.administration import Invitee
from espace_tui.activation.use_cases.campaign import (
    Batch,
    Campaign,
    CampaignProgress,
    PreparedBatch,
)
from espace_tui.i18n import Text
from espace_tui.operating.columns import BadLineError, parse_person
from espace_tui.operating.csv_file import FileLine, FilePosition, PeopleFile
from espace_tui.operating.rejects import Problem, Rejects

BATCH_SIZE = 32
STOP_CHECK_LINES = 500
"""Lines that are looked at together, at most: a file of rejects moves on too."""


@dataclass
class BatchReader:
    """A batch as it was read: people, and the problems of the other lines."""

    after: FilePosition
    people: list[tuple[int, Invitee]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rejected: int = 0

    def add(self, line: FileLine) -> None:
        """Read one more line."""
        self.after = line.after
        try:
            self.people.append((line.number, _person(line)))
        except BadLineError as bad:
            self.rejected += 1
            self.problems += [(line.number, *problem) for problem in bad.problems]

    @property
    def batch(self) -> Batch:
        """The batch to invite."""
        return Batch(self.people, self.after.offset, self.after.line, self.rejected)


@dataclass
class CampaignRun:
    """A campaign in progress: it reports after each batch, and stops between two."""

    campaign: Campaign
    file: PeopleFile
    rejects: Callable[[int], Rejects]
    report: Callable[[CampaignProgress], None]
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    is_new: bool = field(default=True, init=False)
    """Whether there was anything left to read."""
    _writing: asyncio.Task[CampaignProgress] = field(init=False, repr=False)

    async def whole(self) -> CampaignProgress:
        """Invite the people of the file, from where the campaign stopped."""
        start = self.file.start
        so_far = await self.campaign.begin(start.offset, start.line)
        self.is_new = so_far.place < self.file.size
        kept = self.rejects(so_far.line)
        self.report(so_far)
        self._writing = asyncio.create_task(_already(so_far))
        try:
            await self._go_on(kept, FilePosition(so_far.place, so_far.line))
        finally:
            await asyncio.wait({self._writing})
        return self._writing.result()

    async def _go_on(self, kept: Rejects, place: FilePosition) -> None:
        for reading in _readings(self.file, place):
            ready = await self.campaign.prepare(reading.batch)
            so_far = await self._writing
            kept.add(reading.problems)
            kept.add(map(_known, ready.known))
            self._writing = asyncio.create_task(self._write(ready, so_far, kept))
            if self.stop.is_set():
                break

    async def _write(
        self, ready: PreparedBatch, so_far: CampaignProgress, kept: Rejects
    ) -> CampaignProgress:
        after, late = await self.campaign.invite(ready, so_far)
        kept.add(map(_known, late))
        self.report(after)
        return after


async def _already(so_far: CampaignProgress) -> CampaignProgress:
    return so_far


def _known(line: int) -> Problem:
    return line, "nir", Text("operator.line.known")


def _readings(sheet: PeopleFile, place: FilePosition) -> Iterator[BatchReader]:
    reading, looked_at = BatchReader(place), 0
    for line in sheet.lines(place):
        reading.add(line)
        looked_at += 1
        if len(reading.people) == BATCH_SIZE or looked_at == STOP_CHECK_LINES:
            yield reading
            reading, looked_at = BatchReader(reading.after), 0
    if looked_at:
        yield reading


def _person(line: FileLine) -> Invitee:
    if line.problem:
        raise BadLineError([("", Text(f"operator.line.{line.problem}"))])
    return parse_person(line.cells)
