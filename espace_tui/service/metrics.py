"""The access log, and the figures for Prometheus on a port of their own; neither names anybody."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

import structlog
from prometheus_client import Counter, Gauge, Histogram

from espace_tui.operating.process_metrics import ProcessMetrics
from espace_tui.wire.problems import Code

_ADDRESSES = 1024  # addresses whose digest is kept at hand
_log = structlog.get_logger("espace_tui.service")


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """One answered request; `route` is the pattern of its address, never the address."""

    method: str
    route: str
    status: int
    problem: Code | None
    seconds: float
    client: str = field(repr=False)
    request_id: str = ""
    cause: str = ""
    """Why the service is busy, or the client refused, without a look at what was asked."""


class AccessLog:
    """Logs and counts each request; `pseudonym` makes of an address a name that reveals nothing."""

    def __init__(self, metrics: Metrics, pseudonym: Callable[[str], str]) -> None:
        self._metrics = metrics
        self._log = _log.bind()
        self._pseudonym = lru_cache(_ADDRESSES)(pseudonym)

    def request(self, record: RequestRecord) -> None:
        """Log and count one request."""
        self._metrics.count(record)
        told = {"cause": record.cause} if record.cause else {}
        self._log.info(
            "request",
            method=record.method,
            route=record.route,
            status=record.status,
            problem=record.problem,
            ms=round(record.seconds * 1000, 1),
            client=self._pseudonym(record.client),
            id=record.request_id,
            **told,
        )

    def failure(self, error: Exception, request_id: str = "") -> None:
        """Log a bug: its kind and where, frame by frame, without any value."""
        frames = traceback.extract_tb(error.__traceback__)
        where = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        self._log.error("failure", kind=type(error).__name__, where=where, id=request_id)


_BUCKETS = (0.005, 0.01, 0.02, 0.04, 0.08, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_METHODS = frozenset({"GET", "POST"})


class Metrics(ProcessMetrics):
    """The figures of one process."""

    def __init__(self) -> None:
        super().__init__()
        self._busy = Counter(
            "espace_busy", "Refusals for want of something.", ("cause",), registry=self.registry
        )
        self._hashes = Gauge(
            "espace_hashes_waiting", "Hashes made or waiting.", registry=self.registry
        )
        self._limits = Gauge("espace_limit", "Settings.", ("name",), registry=self.registry)
        self._requests = Counter(
            "espace_requests",
            "Requests answered.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._problems = Counter(
            "espace_problems", "Problems told.", ("route", "code"), registry=self.registry
        )
        self._seconds = Histogram(
            "espace_request_seconds",
            "Time to answer.",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self._of = cache(self._labelled)

    def _labelled(self, method: str, route: str, status: int) -> tuple[Counter, Histogram]:
        requests = self._requests.labels(method, route, str(status))
        return requests, self._seconds.labels(route)

    def count(self, record: RequestRecord) -> None:
        """Count one request; what is not ours to name is counted as « other »."""
        named = record.method if record.method in _METHODS else "other"
        requests, times = self._of(named, record.route, record.status)
        requests.inc()
        times.observe(record.seconds)
        if record.problem:
            self._problems.labels(record.route, record.problem.value).inc()
        if record.cause:
            self._busy.labels(record.cause).inc()

    def watch_hashes(self, waiting: Callable[[], int]) -> None:
        """Show how many hashes are made or wait, each time somebody looks."""
        self._hashes.set_function(waiting)

    def show_limits(self, limits: Mapping[str, int]) -> None:
        """Show the settings that bound something, beside what they bound."""
        for name, value in limits.items():
            self._limits.labels(name).set(value)
