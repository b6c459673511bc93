"""What the operator sees of each request: a line in the log and a count, without anybody in it.

An address is personal: it is only there as a keyed digest, so that one can tell that many requests
came from the same place, not from where.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import structlog

from espace_tui.service.metrics import Metrics
from espace_tui.wire.problems import Code

_PLACES = 1024  # addresses whose digest is kept at hand
_log = structlog.get_logger("espace_tui.service")


@dataclass(frozen=True, slots=True)
class Passage:
    """One request, once answered; `route` is the pattern of its address, never the address."""

    method: str
    route: str
    status: int
    problem: Code | None
    seconds: float
    client: str = field(repr=False)


class Watch:
    """Writes and counts; `pseudonym` turns an address into a name that tells nothing."""

    def __init__(self, metrics: Metrics, pseudonym: Callable[[str], str]) -> None:
        self._metrics = metrics
        self._log = _log.bind()
        self._pseudonym = lru_cache(_PLACES)(pseudonym)

    def passed(self, passage: Passage) -> None:
        """Tell of one request."""
        self._metrics.count(
            passage.method, passage.route, passage.status, passage.problem, passage.seconds
        )
        self._log.info(
            "request",
            method=passage.method,
            route=passage.route,
            status=passage.status,
            problem=passage.problem,
            ms=round(passage.seconds * 1000, 1),
            client=self._pseudonym(passage.client),
        )

    def failed(self, error: Exception) -> None:
        """Tell of a bug: its kind and where, frame by frame, without any value."""
        frames = traceback.extract_tb(error.__traceback__)
        where = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        self._log.error("failure", kind=type(error).__name__, where=where)
