"""A campaign from a file: its lines read, checked, and invited a batch at a time.

The next batch is read and its codes are hashed while the one before is written: the cores are never
idle. See `espace_tui.activation.use_cases.campaign` for what makes it go on after a kill. `judge`
reads and checks only: it needs no database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from espace_tui.activation.use_cases.administration import Invitee
from espace_tui.activation.use_cases.campaign import (
    Batch,
    Campaign,
    CampaignProgress,
    PreparedBatch,
)
from espace_tui.i18n import Text
from espace_tui.operating import columns
from espace_tui.operating.columns import BadLineError
from espace_tui.operating.csv_file import FileLine, FilePosition, PeopleFile
from espace_tui.operating.rejects import Rejects, ToldLine

BATCH_SIZE = 32
STOP_CHECK_LINES = 500
"""Lines that are looked at together, at most: a file of rejects moves on too."""


@dataclass
class LineReport:
    """Where is told what was refused, and what deserves a second look."""

    rejects: Rejects
    review: Rejects
    doubts: int = 0

    def add(self, reading: BatchReader) -> None:
        """Tell of the lines of a batch."""
        self.rejects.add(reading.refused)
        self.review.add(reading.doubtful)
        self.doubts += len(reading.doubtful)


@dataclass
class BatchReader:
    """A batch as it was read: people, and what is to be told of the lines."""

    file: PeopleFile
    after: FilePosition
    people: list[tuple[int, Invitee]] = field(default_factory=list)
    refused: list[ToldLine] = field(default_factory=list)
    doubtful: list[ToldLine] = field(default_factory=list)
    _rows: dict[int, FileLine] = field(default_factory=dict)

    def add(self, line: FileLine) -> None:
        """Read one more line."""
        self.after = line.after
        if line.problem:
            whole = [("", Text(f"operator.reason.{line.problem}"))]
            self.refused.append(self._told(line, whole))
            return
        try:
            judged = columns.judge(line.cells)
        except BadLineError as bad:
            self.refused.append(self._told(line, bad.problems))
            return
        self.people.append((line.number, judged.person))
        self._rows[line.number] = line
        if judged.doubts:
            self.doubtful.append(self._told(line, judged.doubts))

    def known(self, numbers: Iterable[int]) -> list[ToldLine]:
        """Return what is told of people who are known already."""
        already = [("nir", Text("operator.reason.known"))]
        return [self._told(self._rows[number], already) for number in numbers]

    @property
    def batch(self) -> Batch:
        """The batch to invite."""
        return Batch(self.people, self.after.offset, self.after.line, len(self.refused))

    def _told(self, line: FileLine, problems: Iterable[tuple[str, Text]]) -> ToldLine:
        titles = [(self.file.header.title(column, line.row), text) for column, text in problems]
        return ToldLine(line.number, titles, line.row)


@dataclass
class CampaignRun:
    """A campaign in progress: it reports after each batch, and stops between two."""

    campaign: Campaign
    file: PeopleFile
    kept: Callable[[int], LineReport]
    report: Callable[[CampaignProgress], None]
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    is_new: bool = field(default=True, init=False)
    """Whether there was anything left to read."""
    doubts: int = field(default=0, init=False)
    _writing: asyncio.Task[CampaignProgress] = field(init=False, repr=False)

    async def whole(self) -> CampaignProgress:
        """Invite the people of the file, from where the campaign stopped."""
        start = self.file.start
        so_far = await self.campaign.begin(start.offset, start.line)
        self.is_new = so_far.place < self.file.size
        kept = self.kept(so_far.line)
        self.report(so_far)
        self._writing = asyncio.create_task(_already(so_far))
        try:
            await self._go_on(kept, FilePosition(so_far.place, so_far.line))
        finally:
            await asyncio.wait({self._writing})
        self.doubts = kept.doubts
        return self._writing.result()

    async def _go_on(self, kept: LineReport, place: FilePosition) -> None:
        for reading in readings(self.file, place):
            ready = await self.campaign.prepare(reading.batch)
            so_far = await self._writing
            kept.add(reading)
            kept.rejects.add(reading.known(ready.known))
            self._writing = asyncio.create_task(self._write(reading, ready, so_far, kept))
            if self.stop.is_set():
                break

    async def _write(
        self,
        reading: BatchReader,
        ready: PreparedBatch,
        so_far: CampaignProgress,
        kept: LineReport,
    ) -> CampaignProgress:
        after, late = await self.campaign.invite(ready, so_far)
        kept.rejects.add(reading.known(late))
        self.report(after)
        return after


def judge(
    file: PeopleFile, kept: LineReport, report: Callable[[CampaignProgress], None]
) -> CampaignProgress:
    """Read and check the lines of a file, and invite nobody; `invited` counts who would be."""
    so_far = CampaignProgress(file.start.offset, file.start.line)
    for reading in readings(file, file.start, STOP_CHECK_LINES):
        kept.add(reading)
        so_far = CampaignProgress(
            place=reading.after.offset,
            line=reading.after.line,
            invited=so_far.invited + len(reading.people),
            rejected=so_far.rejected + len(reading.refused),
        )
        report(so_far)
    return so_far


def readings(
    sheet: PeopleFile, place: FilePosition, people: int = BATCH_SIZE
) -> Iterator[BatchReader]:
    """Yield the batches of a file; the last one ends where the file does, empty lines passed."""
    reading, looked_at = BatchReader(sheet, place), 0
    for line in sheet.lines(place):
        if len(reading.people) == people or looked_at == STOP_CHECK_LINES:
            yield reading
            reading, looked_at = BatchReader(sheet, reading.after), 0
        reading.add(line)
        looked_at += 1
    if reading.after.offset < sheet.size or looked_at:
        reading.after = FilePosition(sheet.size, reading.after.line)
        yield reading


async def _already(so_far: CampaignProgress) -> CampaignProgress:
    return so_far
