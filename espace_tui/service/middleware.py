"""What every request goes through: bounds, headers, the last `except`, and a line in the log.

The whole body is read here, bounded in size and in time, before anything else is done. No more
than a number of requests are in flight at once, of which no client holds more than its share; what
is written for somebody unproved is counted. The operator's machines ask beside all of it. A bug
ends here as a problem and a line in the log that says where it happened, without any value.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from espace_tui.activation.fair_share import FairShare
from espace_tui.errors import Refused
from espace_tui.service.limits import (
    REFUSED,
    UNPROVED,
    USUAL_LIMITS,
    EdgeLimits,
    WriteCounter,
    client_name,
)
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
_CLOSE = (b"connection", b"close")
HEALTH = frozenset({"/healthz", "/readyz"})
"""What the operator's machines ask: never refused for want of room."""
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")


@dataclass(slots=True)
class _Response:
    """The answer of one request, as it leaves."""

    send: Send
    status: int = 0
    problem: Code | None = None
    began: float = field(default_factory=perf_counter)
    request_id: str = ""
    is_early: bool = False
    """Whether the request is answered before its end: the rest is not waited for."""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            own = [(b"x-request-id", self.request_id.encode()), *_HEADERS]
            closing = (_CLOSE,) if self.is_early else ()
            message["headers"] = [*message.get("headers", ()), *own, *closing]
        await self.send(message)


class EdgeMiddleware:
    """The outermost application."""

    def __init__(
        self,
        app: ASGIApp,
        access_log: AccessLog,
        limits: EdgeLimits = USUAL_LIMITS,
    ) -> None:
        self._app = app
        self._access_log = access_log
        self._body_seconds = limits.body_seconds
        self._slots = FairShare(limits.max_requests)
        self._writes = WriteCounter(limits)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answering = _Response(send, request_id=_request_id(scope))
        try:
            await self._answer(scope, receive, answering)
        except Exception as error:  # noqa: BLE001 — the outermost frame
            self._access_log.failure(error, answering.request_id)
            if not answering.status:
                await self._send_problem(Code.FAILURE, scope, receive, answering)
        finally:
            self._access_log.request(_record_of(scope, answering))

    async def _answer(self, scope: Scope, receive: Receive, answering: _Response) -> None:
        # Of two, the first: FastAPI's choice.
        scope["fields"] = dict(reversed(scope["headers"]))
        if scope["method"] == "GET" and scope["path"] in HEALTH:
            scope["body"] = b""
            await self._app(scope, _replay(b"", receive), answering)
            return
        client = scope["caller"] = client_name((scope.get("client") or ("",))[0])
        with self._slots.slot(client) as has_slot:
            if not has_slot:
                scope["cause"] = "requests"
                answering.is_early = scope["method"] != "GET"
                await self._send_problem(Code.BUSY, scope, receive, answering)
            elif scope["method"] == "POST":
                await self._answer_write(scope, receive, answering, client)
            else:
                await self._forward(scope, receive, answering)

    async def _answer_write(
        self, scope: Scope, receive: Receive, answering: _Response, client: str
    ) -> None:
        wait = self._writes.seconds_to_wait(client)
        if wait:
            scope["cause"] = "client"
            answering.is_early = True
            refusal = Refused(Code.TOO_MANY_ATTEMPTS, wait=wait)
            await self._send_problem(Code.TOO_MANY_ATTEMPTS, scope, receive, answering, refusal)
            return
        await self._forward(scope, receive, answering)
        problem = scope.get("problem")
        if problem in REFUSED or (problem is None and scope["path"] in UNPROVED):
            self._writes.count(client)

    async def _forward(self, scope: Scope, receive: Receive, answering: _Response) -> None:
        try:
            body = scope["body"] = await self._read_body(scope["fields"], receive)
        except RequestError as objection:
            answering.is_early = objection.code != Code.NOT_JSON
            await self._send_problem(Code(objection.code), scope, receive, answering)
            return
        await self._app(scope, _replay(body, receive), answering)

    async def _send_problem(
        self,
        code: Code,
        scope: Scope,
        receive: Receive,
        send: _Response,
        refusal: Refused | None = None,
    ) -> None:
        scope["problem"] = code
        accepted = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
        response = problem_response(code, preferred_language(accepted), refusal)
        await response(scope, receive, send)

    async def _read_body(self, headers: dict[bytes, bytes], receive: Receive) -> bytes:
        told = headers.get(b"content-length", b"")
        if told.isdigit() and (len(told) > len(str(MAX_BODY)) or int(told) > MAX_BODY):
            raise RequestError(Code.TOO_LARGE)
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


def _request_id(scope: Scope) -> str:
    """Return the name that a proxy gave to a request, or a new one: it joins the logs of both."""
    given = dict(reversed(scope["headers"])).get(b"x-request-id", b"")
    if _REQUEST_ID.fullmatch(given):
        return str(given, "ascii")
    return secrets.token_hex(8)


def _record_of(scope: Scope, answering: _Response) -> RequestRecord:
    route: Any = scope.get("route")
    return RequestRecord(
        method=scope["method"],
        route=getattr(route, "path", "none"),
        status=answering.status,
        problem=scope.get("problem"),
        seconds=perf_counter() - answering.began,
        client=(scope.get("client") or ("",))[0],
        request_id=answering.request_id,
        cause=scope.get("cause", ""),
    )
