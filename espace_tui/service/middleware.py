"""What every request goes through: bounds, headers, the last `except`, and a line in the log.

The whole body is read here, bounded in size and in time, before anything else is done. No more
than a number of requests are in flight at once. A bug ends here as a problem and a line in the log
that says where it happened, without any value.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from espace_tui.service.metrics import AccessLog, RequestRecord
from espace_tui.service.problems import RequestError, preferred_language, problem_response
from espace_tui.wire.problems import Code
from espace_tui.wire.routes import MAX_BODY

_HEADERS = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"strict-transport-security", b"max-age=63072000"),
    (b"x-content-type-options", b"nosniff"),
)
_MAX_REQUESTS = 1000
_BODY_SECONDS = 10.0


@dataclass(slots=True)
class _Response:
    """The answer of one request, as it leaves."""

    send: Send
    status: int = 0
    problem: Code | None = None
    began: float = field(default_factory=perf_counter)

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message["headers"] = [*message.get("headers", ()), *_HEADERS]
        await self.send(message)


class EdgeMiddleware:
    """The outermost application."""

    def __init__(
        self,
        app: ASGIApp,
        access_log: AccessLog,
        *,
        max_requests: int = _MAX_REQUESTS,
        body_seconds: float = _BODY_SECONDS,
    ) -> None:
        self._app = app
        self._access_log = access_log
        self._free = max_requests
        self._body_seconds = body_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answering = _Response(send)
        self._free -= 1
        try:
            await self._answer(scope, receive, answering)
        except Exception as error:  # noqa: BLE001 — the outermost frame
            self._access_log.failure(error)
            if not answering.status:
                await self._send_problem(Code.FAILURE, scope, receive, answering)
        finally:
            self._free += 1
            self._access_log.request(_record_of(scope, answering))

    async def _answer(self, scope: Scope, receive: Receive, answering: _Response) -> None:
        if self._free < 0:
            await self._send_problem(Code.BUSY, scope, receive, answering)
            return
        # Of two, the first: FastAPI's choice.
        headers = scope["fields"] = dict(reversed(scope["headers"]))
        try:
            body = scope["body"] = await self._read_body(headers, receive)
        except RequestError as objection:
            await self._send_problem(Code(objection.code), scope, receive, answering)
            return
        await self._app(scope, _replay(body, receive), answering)

    async def _send_problem(
        self, code: Code, scope: Scope, receive: Receive, send: _Response
    ) -> None:
        scope["problem"] = code
        accepted = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
        await problem_response(code, preferred_language(accepted))(scope, receive, send)

    async def _read_body(self, headers: dict[bytes, bytes], receive: Receive) -> bytes:
        try:
            async with asyncio.timeout(self._body_seconds):
                body = await _receive_whole(receive)
        except TimeoutError:
            raise RequestError(Code.BAD_REQUEST) from None
        kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
        if body and kind != b"application/json":
            raise RequestError(Code.NOT_JSON)
        return body


async def _receive_whole(receive: Receive) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise RequestError(Code.BAD_REQUEST)
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > MAX_BODY:
            raise RequestError(Code.TOO_LARGE)
    return body


def _replay(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def give() -> Message:
        return waiting.pop() if waiting else await receive()

    return give


def _record_of(scope: Scope, answering: _Response) -> RequestRecord:
    route: Any = scope.get("route")
    return RequestRecord(
        method=scope["method"],
        route=getattr(route, "path", "none"),
        status=answering.status,
        problem=scope.get("problem"),
        seconds=perf_counter() - answering.began,
        client=(scope.get("client") or ("",))[0],
    )
