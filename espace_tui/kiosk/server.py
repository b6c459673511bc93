"""The server of the kiosk: loopback alone, and a process for each person, all ended with it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, cast

import uvicorn
from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from espace_tui.kiosk.handshake import Handshake
from espace_tui.kiosk.origins import LOOPBACK, own_origins
from espace_tui.kiosk.site import build_site
from espace_tui.kiosk.tokens import OneUseTokens
from espace_tui.kiosk.visits import Visits

MOST_REQUESTS = 64
"""Connections that may be open at once, besides those of the people who are served."""
_MAX_RECEIVED = 64 * 1024
"""Bytes of a connection at most: a page asks for a few files."""


@dataclass(frozen=True, slots=True)
class KioskOptions:
    """Where to serve, and how many people at once."""

    port: int
    origin: str
    people: int


class PageProtocol(HttpToolsProtocol):
    """One connection of HTTP, of a bounded size, that is not waited for."""

    head_seconds: ClassVar[float] = 10.0
    """How long the head of a request may take."""
    _received = 0

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(cast("asyncio.Transport", transport))
        self._late = self.loop.call_later(self.head_seconds, transport.close)

    @override
    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        if self._received > _MAX_RECEIVED:
            self.transport.close()
            return
        super().data_received(data)

    @override
    def on_headers_complete(self) -> None:
        self._late.cancel()
        super().on_headers_complete()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._late.cancel()
        super().connection_lost(exc)


class PageServer(uvicorn.Server):
    """uvicorn that stops on a signal without raising it again: what follows still runs."""

    @override
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(each, self.handle_exit)
        yield


async def serve(
    options: KioskOptions, command: Sequence[str], environment: Mapping[str, str]
) -> None:
    """Serve until a signal, then end everybody's process; `command` starts one."""
    tokens = OneUseTokens()
    origins = own_origins(options.port, options.origin)
    visits = Visits(command, environment, options.people)
    config = uvicorn.Config(
        cast("Any", build_site(tokens, origins)),
        host=LOOPBACK,
        port=options.port,
        loop="asyncio",
        http=PageProtocol,
        ws=cast("Any", lambda **_: Handshake(origins, tokens, visits)),
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=MOST_REQUESTS,
        timeout_graceful_shutdown=1,
    )
    try:
        await PageServer(config).serve()
    finally:
        await visits.end_all()
