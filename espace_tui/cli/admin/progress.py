"""How far a campaign is: a bar on a terminal, a line now and then elsewhere, on standard error."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar

from espace_tui.activation.use_cases.campaign import CampaignProgress
from espace_tui.cli.context import wants_json, write_notice
from espace_tui.i18n import Texts

_LINE_INTERVAL = 10.0


class ProgressDisplay:
    """Shows the lines done, their rate, and the time that remains by the bytes that do."""

    def __init__(self, texts: Texts, size: int) -> None:

        self._texts = texts
        self._size = size
        self._first: tuple[float, CampaignProgress] | None = None
        self._shown = time.monotonic()
        console = Console(stderr=True)
        self._bar = Bar(
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TextColumn("{task.description}"),
            console=console,
            disable=not console.is_terminal or wants_json(),
        )
        self._task = self._bar.add_task("", total=size)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def show(self, progress: CampaignProgress) -> None:
        """Show how far the campaign is."""
        now = time.monotonic()
        self._first = self._first or (now, progress)
        line = self._line(now, progress)
        self._bar.update(self._task, completed=progress.place, description=line)
        if self._bar.disable and not wants_json() and now - self._shown >= _LINE_INTERVAL:
            self._shown = now
            write_notice(line)

    def _line(self, now: float, progress: CampaignProgress) -> str:
        began, first = self._first or (now, progress)
        seconds, lines = now - began, progress.line - first.line
        moved = progress.place - first.place
        left = (self._size - progress.place) * seconds / moved if moved else 0.0
        return self._texts(
            "operator.campaign.progress",
            invited=progress.invited,
            known=progress.known,
            rejected=progress.rejected,
            rate=round(lines / seconds) if seconds else 0,
            left=format_duration(left),
        )


def format_duration(seconds: float) -> str:
    """Return a span as hours, minutes and seconds.

    >>> format_duration(3725)
    '1:02:05'
    """
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
