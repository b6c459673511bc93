"""One service process: opened, served, stopped without dropping a request.

`serve` answers until SIGTERM or SIGINT: it then accepts no new connection, lets the requests in
flight end for as long as `grace` allows, and closes the store. Any number of processes may serve
the same store: a process holds nothing that another one needs.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, cast

import structlog
import uvicorn
from typing_extensions import override
from uvicorn.loops.auto import auto_loop_factory

from espace_tui import __version__
from espace_tui.activation.context import HOUR, Limits, ServiceContext
from espace_tui.activation.crypto.hasher import SERVICE, Hasher
from espace_tui.activation.crypto.keys import open_keys
from espace_tui.activation.rules import Rules
from espace_tui.activation.stores.clock import StoreClock
from espace_tui.activation.stores.port import Store
from espace_tui.clock import SystemClock
from espace_tui.errors import Unreachable
from espace_tui.model.policy import POLICIES
from espace_tui.operating.presence import announce_presence
from espace_tui.service import lazy
from espace_tui.service.app import build_app
from espace_tui.service.limits import EdgeLimits
from espace_tui.service.logs import configure_logs
from espace_tui.service.metrics import AccessLog, Metrics
from espace_tui.service.middleware import EdgeMiddleware
from espace_tui.service.options import ServiceOptions
from espace_tui.service.protocol import HeadDeadlineProtocol
from espace_tui.service.state import ServiceState, state_of

if sys.platform != "win32":
    import resource

_SQLITE = "sqlite://"


def open_rules(options: ServiceOptions, *, long_statements: bool = False) -> Rules:
    """Open the rules of one process; its store is reached by the first call.

    `long_statements`: a statement may take an hour, as an operator's count of everybody.
    """
    keys = open_keys(options.keys)
    hasher = Hasher(keys, SERVICE, options.hash_queue)
    store = open_store(options.database, long_statements=long_statements)
    policy, clock = POLICIES[options.policy], StoreClock(SystemClock())
    limits = Limits(
        codes_per_hour=options.codes_per_hour,
        openings_per_pass=options.openings_per_pass,
        **options.lives,
    )
    return Rules(ServiceContext(store, keys, hasher, clock, policy, limits))


def open_store(url: str, *, long_statements: bool = False) -> Store:
    """Return the store of a URL: a file, or a PostgreSQL database."""
    if is_file(url):
        return lazy.sqlite.SqliteStore(Path(url.removeprefix(_SQLITE)))
    patience = lazy.postgres.Timeouts(statement=HOUR) if long_statements else None
    return lazy.postgres.PostgresStore(url, patience=patience)


def is_file(url: str) -> bool:
    """Tell whether a URL names a SQLite file."""
    return url.startswith(_SQLITE)


_HOUSEKEEPING = 600
_TIME_SIGNAL = 30
_MOST_AHEAD = 5
_KEEP_ALIVE = 30  # longer than a client keeps an idle connection: it never meets a closed one
_STOPS = (signal.SIGTERM, signal.SIGINT)
_log = structlog.get_logger(__name__)


class Server(uvicorn.Server):
    """uvicorn that stops on a signal without raising it again: what follows `serve` still runs."""

    @override
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {each: signal.signal(each, self.handle_exit) for each in _STOPS}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


def run(options: ServiceOptions) -> None:
    """Serve until a signal, and write the log; on uvloop where there is one (a fifth less CPU)."""
    configure_logs(options.log_level)
    _allow_connections()
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(serve(options, is_told=True))


def _allow_connections() -> None:
    """Let as many connections be open as this process may ever have: each is a file."""
    if sys.platform != "win32":
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def serve(
    options: ServiceOptions,
    rules: Rules | None = None,
    on_server: Callable[[uvicorn.Server], None] | None = None,
    *,
    is_told: bool = False,
) -> None:
    """Serve until a signal; `rules` replace those of the options, `on_server` gets the server.

    `is_told`: the store is told that this process lives, and which keys it holds.
    """
    rules = rules or open_rules(options)
    try:
        async with (
            announce_presence(rules.context, "run") if is_told else nullcontext(),
            keeping_time(rules),
            housekeeping(state_of(rules)) as state,
            _open_access_log(options, rules) as watch,
        ):
            server = Server(_config(options, build_app(state, watch, _edge_limits(options))))
            if on_server:
                on_server(server)
            _log.info(
                "started", version=__version__, port=options.port, keys=rules.context.keys.current
            )
            await server.serve()
    finally:
        await rules.aclose()
        _log.info("stopped")


def _edge_limits(options: ServiceOptions) -> EdgeLimits:
    return EdgeLimits(
        max_requests=options.max_requests,
        client_writes=options.client_writes,
        total_writes=options.total_writes,
    )


def _config(options: ServiceOptions, app: EdgeMiddleware) -> uvicorn.Config:
    return uvicorn.Config(
        cast("Any", app),
        host=options.host,
        port=options.port,
        http=HeadDeadlineProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(options.trusted_proxies),
        forwarded_allow_ips=list(options.trusted_proxies),
        timeout_keep_alive=_KEEP_ALIVE,
        timeout_graceful_shutdown=options.grace,
        ssl_certfile=options.certificate,
        ssl_keyfile=options.private_key,
    )


def _shown_limits(options: ServiceOptions, rules: Rules) -> dict[str, int]:
    return {
        "codes_per_hour": rules.context.limits.codes_per_hour,
        "openings_per_pass": rules.context.limits.openings_per_pass,
        "hash_queue": options.hash_queue,
        "max_requests": options.max_requests,
        "client_writes": options.client_writes,
        "total_writes": options.total_writes,
    }


@asynccontextmanager
async def _open_access_log(options: ServiceOptions, rules: Rules) -> AsyncIterator[AccessLog]:
    metrics, keys = Metrics(), rules.context.keys
    metrics.watch_hashes(lambda: rules.context.hasher.waiting)
    metrics.show_limits(_shown_limits(options, rules))
    stop = (
        metrics.serve(options.metrics_host, options.metrics_port)
        if options.metrics_port is not None
        else None
    )
    try:
        yield AccessLog(metrics, lambda address: keys.tag("client", address)[:16])
    finally:
        if stop:
            await asyncio.to_thread(stop)


@asynccontextmanager
async def housekeeping(
    state: ServiceState, every: float = _HOUSEKEEPING
) -> AsyncIterator[ServiceState]:
    """While a service runs, delete the recorded answers that are more than a day old."""
    async with _repeated(state.idempotency.purge, every):
        yield state


@asynccontextmanager
async def keeping_time(rules: Rules, every: float = _TIME_SIGNAL) -> AsyncIterator[None]:
    """While a service runs, let the database's clock decide, and say when this one is wrong."""

    async def ask() -> None:
        ahead = await rules.context.synchronise_clock()
        if abs(ahead) > _MOST_AHEAD:
            _log.warning("clock-wrong", seconds_ahead=round(ahead), at_most=_MOST_AHEAD)

    with suppress(Unreachable):
        await ask()
    async with _repeated(ask, every):
        yield


@asynccontextmanager
async def _repeated(task: Callable[[], Awaitable[None]], every: float) -> AsyncIterator[None]:
    async def repeat() -> None:
        while True:
            await asyncio.sleep(every)
            try:
                await task()
            except Unreachable as error:
                _log.warning("later", code=error.code)

    repeated = asyncio.create_task(repeat())
    try:
        yield
    finally:
        repeated.cancel()
        with suppress(asyncio.CancelledError):
            await repeated
