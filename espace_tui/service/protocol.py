"""uvicorn's HTTP protocol with what it lacks: a deadline for a head, and problems as answers.

A head is the request line and the headers. Sent byte by byte, it would hold a connection for ever
and fill the memory; the body's own bounds are in `espace_tui.service.middleware`.
"""

from __future__ import annotations

import asyncio
from typing import ClassVar, cast

from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from espace_tui.i18n import LANGUAGES
from espace_tui.service.problems import problem_response
from espace_tui.wire.problems import Code


class HeadDeadlineProtocol(HttpToolsProtocol):
    """One connection; `patience` is how many seconds a head may take to come."""

    head_seconds: ClassVar[float] = 10.0
    _late: asyncio.TimerHandle | None = None
    _in_head = True

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(cast("asyncio.Transport", transport))
        self._await_head()

    @override
    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._in_head and self._late is None:  # most heads come whole: no timer
            self._await_head()

    @override
    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head = True

    @override
    def on_headers_complete(self) -> None:
        self._in_head = False
        self._stop_waiting()
        super().on_headers_complete()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    @override
    def send_400_response(self, msg: str) -> None:
        answer = problem_response(Code.BAD_REQUEST, LANGUAGES[0])
        lines = b"".join(b"%s: %s\r\n" % pair for pair in answer.raw_headers)
        head = b"HTTP/1.1 400 Bad Request\r\ncache-control: no-store\r\nconnection: close\r\n"
        self.transport.write(head + lines + b"\r\n" + bytes(answer.body))
        self.transport.close()

    def _await_head(self) -> None:
        self._late = self.loop.call_later(self.head_seconds, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
