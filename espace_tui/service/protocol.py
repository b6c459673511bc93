"""uvicorn's HTTP protocol with what it lacks: bounds in bytes, a deadline, problems as answers.

A head is the request line and the headers; trailers are what may follow a body in pieces. Sent byte
by byte or by the megabyte, they would hold a connection for ever and fill the memory. Trailers are
read and forgotten: to uvicorn they are headers like the others, after those that a proxy wrote. A
connection is closed when a request was answered before its end: nobody reads the rest. How long a
body may take is a matter of `espace_tui.service.middleware`.
"""

from __future__ import annotations

import asyncio
from typing import ClassVar, cast

from typing_extensions import override
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from espace_tui.i18n import LANGUAGES
from espace_tui.service.problems import problem_response
from espace_tui.wire.problems import Code
from espace_tui.wire.routes import MAX_BODY

MAX_HEAD = 32 * 1024
MAX_FIELDS = 64
_MAX_TRAILERS = 8 * 1024
_MAX_WAITING = 4
_MAX_MESSAGE = MAX_HEAD + 16 * MAX_BODY
"""A body in pieces of a few bytes is so much longer than what it holds."""


class TooLargeError(Exception):
    """A request is larger than any of ours: the parser stops there."""


class HeadDeadlineProtocol(HttpToolsProtocol):
    """One connection; `head_seconds` is how many seconds a head may take to come."""

    head_seconds: ClassVar[float] = 10.0
    _late: asyncio.TimerHandle | None = None
    _in_head = True
    _in_message = False
    _is_over = False
    _head = 0
    _fields = 0
    _trailers = 0
    _body = 0
    _fed = 0
    """What came since the message began, but for the piece that held its beginning."""

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(cast("asyncio.Transport", transport))
        self._await_head()

    @override
    def data_received(self, data: bytes) -> None:
        if self._is_over:
            return
        if self._in_message:
            self._fed += len(data)
        if self._fed > (MAX_HEAD if self._in_head else _MAX_MESSAGE):
            self._refuse(Code.TOO_LARGE)
            return
        super().data_received(data)
        if self._in_head and self._late is None:  # most heads come whole: no timer
            self._await_head()

    @override
    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._in_head = self._in_message = True
        self._head = self._fields = self._trailers = self._body = self._fed = 0

    @override
    def on_url(self, url: bytes) -> None:
        self._count_head(len(url))
        super().on_url(url)

    @override
    def on_header(self, name: bytes, value: bytes) -> None:
        if not self._in_head:
            self._trailers += len(name) + len(value) + 4
            if self._trailers > _MAX_TRAILERS:
                raise TooLargeError
            return
        self._fields += 1
        self._count_head(len(name) + len(value) + 4)
        super().on_header(name, value)

    @override
    def on_headers_complete(self) -> None:
        self._in_head = False
        self._stop_waiting()
        if len(self.pipeline) >= _MAX_WAITING:
            raise TooLargeError
        super().on_headers_complete()

    @override
    def on_body(self, body: bytes) -> None:
        """Keep one byte more than is allowed: enough to see that there are too many."""
        kept = body[: max(MAX_BODY + 1 - self._body, 0)]
        self._body += len(kept)
        super().on_body(kept)

    @override
    def on_message_complete(self) -> None:
        self._in_message = False
        super().on_message_complete()

    @override
    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._in_message and not self.pipeline and self.cycle.response_complete:
            self._close()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    @override
    def send_400_response(self, msg: str) -> None:
        large = self._head > MAX_HEAD or self._fields > MAX_FIELDS
        self._refuse(Code.TOO_LARGE if large else Code.BAD_REQUEST)

    def _count_head(self, size: int) -> None:
        self._head += size
        if self._head > MAX_HEAD or self._fields > MAX_FIELDS:
            raise TooLargeError

    def _refuse(self, code: Code) -> None:
        """Answer what is no request of ours, unless another one is being answered, and close."""
        cycle = cast("RequestResponseCycle | None", self.cycle)
        if cycle is None or cycle.response_complete:
            answer = problem_response(code, LANGUAGES[0])
            lines = b"".join(b"%s: %s\r\n" % pair for pair in answer.raw_headers)
            line = b"HTTP/1.1 413 Content Too Large" if code is Code.TOO_LARGE else _BAD
            head = line + b"\r\ncache-control: no-store\r\nconnection: close\r\n"
            self.transport.write(head + lines + b"\r\n" + bytes(answer.body))
        self._close()

    def _close(self) -> None:
        self._is_over = True
        self._stop_waiting()
        self.transport.close()

    def _await_head(self) -> None:
        self._late = self.loop.call_later(self.head_seconds, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


_BAD = b"HTTP/1.1 400 Bad Request"
