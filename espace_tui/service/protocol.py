"""HTTP as uvicorn speaks it, with what it lacks: an end to waiting for a head, and problems.

A head is the request line and the headers. Who sends theirs drop by drop would hold a connection
for ever, and fill the memory; the body's own bounds are in `espace_tui.service.middleware`.
"""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar, cast

from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from espace_tui.i18n import LANGUAGES
from espace_tui.service.problems import told
from espace_tui.wire.problems import Code


class Gathering:
    """A transport that sends together what is written together.

    uvicorn writes the head of an answer, then its body: each on its own would go by a call to the
    system and wake the other side, which takes as long as all that our own code does.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._written: list[bytes] = []
        self.is_closing = transport.is_closing

    def write(self, data: bytes) -> None:
        """Send some bytes, at the latest when the loop has done what it does now."""
        if not self._written:
            self._loop.call_soon(self.send)
        self._written.append(data)

    def close(self) -> None:
        """Send what was written, then hang up."""
        self.send()
        self._transport.close()

    def send(self) -> None:
        """Send what was written."""
        if self._written and not self.is_closing():
            self._transport.write(b"".join(self._written))
        self._written.clear()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 — the rest is the transport's own
        return getattr(self._transport, name)


class Protocol(HttpToolsProtocol):
    """One connection; `patience` is how many seconds a head may take to come."""

    patience: ClassVar[float] = 10.0
    _gathering: Gathering
    _late: asyncio.TimerHandle | None = None
    _in_head = True

    @override
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # theirs
        self._gathering = Gathering(transport, self.loop)
        super().connection_made(cast("asyncio.Transport", self._gathering))
        self._await_head()

    @override
    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._in_head and self._late is None:  # most heads come whole: no timer
            self._await_head()

    @override
    def eof_received(self) -> None:
        self._gathering.send()
        super().eof_received()

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
        answer = told(Code.BAD_REQUEST, LANGUAGES[0])
        lines = b"".join(b"%s: %s\r\n" % pair for pair in answer.raw_headers)
        head = b"HTTP/1.1 400 Bad Request\r\ncache-control: no-store\r\nconnection: close\r\n"
        self.transport.write(head + lines + b"\r\n" + bytes(answer.body))
        self.transport.close()

    def _await_head(self) -> None:
        self._late = self.loop.call_later(self.patience, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None
