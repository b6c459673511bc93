"""The opening of a connection, and its hand-over to the process of a person.

uvicorn gives over what asks to become a WebSocket. Its origin, its host and its one-use token are
checked here; then the connection itself goes to a process of its own (`visits`), which alone reads
and writes on it from there. What is refused gets an answer of HTTP with the reason.
"""

from __future__ import annotations

import asyncio
import http
import os
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, cast

from typing_extensions import override
from websockets.datastructures import Headers
from websockets.http11 import Request, Response
from websockets.server import ServerProtocol
from websockets.typing import Origin, Subprotocol

from espace_tui.i18n import LANGUAGES

if TYPE_CHECKING:
    from espace_tui.kiosk.origins import Origins
    from espace_tui.kiosk.tokens import OneUseTokens
    from espace_tui.kiosk.visits import Visits

PATH = "/visit/"
SUBPROTOCOL = "espace-tui"
"""What a page asks for, followed by its token."""
FULL = 4003
"""The code a connection is closed with when there is no place left."""


class Handshake(asyncio.Protocol):
    """One connection that asks to become a WebSocket."""

    def __init__(self, origins: Origins, tokens: OneUseTokens, visits: Visits) -> None:
        self._origins = origins
        self._tokens = tokens
        self._visits = visits
        self._protocol = ServerProtocol(
            origins=[Origin(each) for each in origins.origins],
            subprotocols=[Subprotocol(SUBPROTOCOL)],
        )
        self._transport: asyncio.Transport | None = None

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    @override
    def data_received(self, data: bytes) -> None:
        transport = self._transport
        if transport is None or transport.is_closing():
            return
        transport.pause_reading()
        self._protocol.receive_data(data)
        requests = [each for each in self._protocol.events_received() if isinstance(each, Request)]
        if requests:
            self._answer(transport, requests[0])
        transport.close()

    def _answer(self, transport: asyncio.Transport, request: Request) -> None:
        reason = self._why_not(request)
        response = _refusal(reason) if reason else self._protocol.accept(request)
        self._protocol.send_response(response)
        answer = b"".join(self._protocol.data_to_send())
        if response.status_code != http.HTTPStatus.SWITCHING_PROTOCOLS:
            transport.write(answer)
            return
        connection = socket.socket(fileno=os.dup(transport.get_extra_info("socket").fileno()))
        connection.send(answer)
        self._visits.begin(connection, request.path.removeprefix(PATH), self._say_full)

    def _say_full(self, connection: socket.socket) -> None:
        """Tell a page that there is no place."""
        self._protocol.send_close(FULL, "full")
        with suppress(OSError):
            connection.send(b"".join(self._protocol.data_to_send()))

    def _why_not(self, request: Request) -> str:
        """Return why a request is refused, or nothing."""
        headers, own = request.headers, self._origins
        if request.path not in {f"{PATH}{language}" for language in LANGUAGES}:
            return "no such page"
        for name, known in (("Host", own.hosts), ("Origin", own.origins)):
            if headers.get_all(name) not in [[each] for each in known]:
                return f"not our {name}"
        asked = ",".join(headers.get_all("Sec-WebSocket-Protocol"))
        name, _, token = asked.partition(",")
        is_known = name.strip() == SUBPROTOCOL and self._tokens.use(token.strip())
        return "" if is_known else "no token, or one that was used or is too old"


def _refusal(reason: str) -> Response:
    body = f"{reason}\n".encode()
    headers = Headers({"Content-Length": str(len(body)), "Cache-Control": "no-store"})
    headers["Connection"] = "close"
    return Response(http.HTTPStatus.FORBIDDEN, "Forbidden", headers, body)
