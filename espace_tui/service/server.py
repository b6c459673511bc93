"""One service process: opened, served, stopped without dropping a request.

`serve` answers until it is told to stop (SIGTERM, SIGINT): it then takes no new connection, lets
the requests in course end for as long as `grace` allows, and lets go of the store. Any number of
processes serve the same store: nothing of anybody is kept in one of them.
"""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any, cast

import structlog
import uvicorn
from typing_extensions import override
from uvicorn.loops.auto import auto_loop_factory

from espace_tui.activation.context import HOUR, ServiceContext
from espace_tui.activation.crypto.hasher import SERVICE, Hasher
from espace_tui.activation.crypto.keys import open_keys
from espace_tui.activation.rules import Rules
from espace_tui.activation.stores.port import Store
from espace_tui.clock import SystemClock
from espace_tui.errors import Unreachable
from espace_tui.model.policy import POLICIES
from espace_tui.service.app import build_app
from espace_tui.service.logs import configure_logs
from espace_tui.service.metrics import AccessLog, Metrics
from espace_tui.service.middleware import EdgeMiddleware
from espace_tui.service.options import ServiceOptions
from espace_tui.service.protocol import HeadDeadlineProtocol
from espace_tui.service.state import ServiceState, state_of

_SQLITE = "sqlite://"


def open_rules(options: ServiceOptions, *, waits_for_store: bool = False) -> Rules:
    """Open the rules of one process; its store is reached by the first call.

    `is_patient`: a statement may take an hour, as an operator's count of everybody.
    """
    keys = open_keys(options.keys)
    hasher = Hasher(keys, SERVICE, options.hash_queue)
    store = open_store(options.database, is_patient=waits_for_store)
    return Rules(ServiceContext(store, keys, hasher, SystemClock(), POLICIES[options.policy]))


def open_store(url: str, *, is_patient: bool = False) -> Store:
    """Return the store of a URL: a file, or a PostgreSQL database."""
    if is_file(url):
        from espace_tui.activation.stores.sqlite import SqliteStore  # noqa: PLC0415 — one engine is enough

        return SqliteStore(Path(url.removeprefix(_SQLITE)))
    from espace_tui.activation.stores.postgres import PostgresStore, Timeouts  # noqa: PLC0415 — one engine

    return PostgresStore(url, patience=Timeouts(statement=HOUR) if is_patient else None)


def is_file(url: str) -> bool:
    """Tell whether a URL names a SQLite file."""
    return url.startswith(_SQLITE)


_HOUSEKEEPING = 600
_KEEP_ALIVE = 30  # longer than a client keeps an idle connection: it never meets a closed one
_STOPS = (signal.SIGTERM, signal.SIGINT)
_log = structlog.get_logger(__name__)


class Server(uvicorn.Server):
    """uvicorn, told to stop by signals, that does not die of them: what follows `serve` is done."""

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
    """Serve until told to stop, and write the log; by uvloop where there is one (a fifth less)."""
    configure_logs(options.log_level)
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        runner.run(serve(options))


async def serve(
    options: ServiceOptions,
    rules: Rules | None = None,
    made: Callable[[uvicorn.Server], None] | None = None,
) -> None:
    """Serve until told to stop; `rules` replace those of the options, `made` gets the server."""
    rules = rules or open_rules(options)
    try:
        async with housekeeping(state_of(rules)) as state, _watched(options, rules) as watch:
            server = Server(_config(options, build_app(state, watch)))
            if made:
                made(server)
            _log.info("started", port=options.port)
            await server.serve()
    finally:
        await rules.aclose()
        _log.info("stopped")


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


@asynccontextmanager
async def _watched(options: ServiceOptions, rules: Rules) -> AsyncIterator[AccessLog]:
    metrics, keys = Metrics(), rules.context.keys
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
    """Erase the answers of the day before, now and then, while the house is served."""

    async def housekeeping() -> None:
        while True:
            await asyncio.sleep(every)
            try:
                await state.idempotency.purge()
            except Unreachable as error:
                _log.warning("later", code=error.code)

    task = asyncio.create_task(housekeeping())
    try:
        yield state
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
