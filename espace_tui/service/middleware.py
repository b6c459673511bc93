"""What every request goes through: bounds, headers, a last net, and a line in the log.

The whole body is read here, bounded in size and in time, before anything else is done. No more
than a number of requests are held at once. A bug ends here as a problem and a line in the log that
says where, never with what: values do not reach it.
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
_CROWD = 1000
_SLOW = 10.0


@dataclass(slots=True)
class _Answering:
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
        self, app: ASGIApp, watch: AccessLog, *, crowd: int = _CROWD, slow: float = _SLOW
    ) -> None:
        self._app = app
        self._watch = watch
        self._free = crowd
        self._slow = slow

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answering = _Answering(send)
        self._free -= 1
        try:
            await self._answered(scope, receive, answering)
        except Exception as error:  # noqa: BLE001 — the outermost frame
            self._watch.failure(error)
            if not answering.status:
                await self._say(Code.FAILURE, scope, receive, answering)
        finally:
            self._free += 1
            self._watch.request(_passage(scope, answering))

    async def _answered(self, scope: Scope, receive: Receive, answering: _Answering) -> None:
        if self._free < 0:
            await self._say(Code.BUSY, scope, receive, answering)
            return
        # Of two, the first: FastAPI's choice.
        headers = scope["fields"] = dict(reversed(scope["headers"]))
        try:
            body = scope["body"] = await self._read(headers, receive)
        except RequestError as objection:
            await self._say(Code(objection.code), scope, receive, answering)
            return
        await self._app(scope, _again(body, receive), answering)

    async def _say(self, code: Code, scope: Scope, receive: Receive, send: _Answering) -> None:
        scope["problem"] = code
        accepted = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
        await problem_response(code, preferred_language(accepted))(scope, receive, send)

    async def _read(self, headers: dict[bytes, bytes], receive: Receive) -> bytes:
        try:
            async with asyncio.timeout(self._slow):
                body = await _whole(receive)
        except TimeoutError:
            raise RequestError(Code.BAD_REQUEST) from None
        kind = headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
        if body and kind != b"application/json":
            raise RequestError(Code.NOT_JSON)
        return body


async def _whole(receive: Receive) -> bytes:
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


def _again(body: bytes, receive: Receive) -> Receive:
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def give() -> Message:
        return waiting.pop() if waiting else await receive()

    return give


def _passage(scope: Scope, answering: _Answering) -> RequestRecord:
    route: Any = scope.get("route")
    return RequestRecord(
        method=scope["method"],
        route=getattr(route, "path", "none"),
        status=answering.status,
        problem=scope.get("problem"),
        seconds=perf_counter() - answering.began,
        client=(scope.get("client") or ("",))[0],
    )
