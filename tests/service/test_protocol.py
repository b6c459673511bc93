"""What is on the wire: bounds in bytes, what is waited for, what is a header and what is not."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from espace_tui.service.app import build_api, build_app
from espace_tui.service.limits import USUAL_LIMITS, EdgeLimits
from espace_tui.service.metrics import AccessLog, Metrics
from espace_tui.service.middleware import EdgeMiddleware
from espace_tui.service.protocol import HeadDeadlineProtocol
from espace_tui.service.state import state_of
from espace_tui.wire.routes import Route
from tests.people import ZOE
from tests.service.raw import key_headers
from tests.service.serving import in_thread
from tests.service.town import ServiceWorld
from tests.service.wires import answered, connected


async def test_who_asks_before_sending_a_body_is_told_to_go_on(town: ServiceWorld) -> None:
    body = f'{{"code": "abcdefghjkmn", "nir": "{ZOE.nir}"}}'.encode()
    headers = key_headers() | {
        "Host": "h",
        "Content-Type": "application/json",
        "Expect": "100-continue",
    }
    lines = [f"POST {Route.FLOWS} HTTP/1.1", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    with in_thread(town.options) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n")
        told = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
        assert told == b"HTTP/1.1 100 Continue\r\n\r\n"
        writer.write(body)
        assert (await asyncio.wait_for(reader.readline(), 5)).startswith(b"HTTP/1.1 401")
        writer.close()


async def test_a_connection_that_is_lost_is_not_watched_any_more(
    town: ServiceWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each would else stay in memory until its head is late."""
    monkeypatch.setattr(HeadDeadlineProtocol, "head_seconds", 0.01)
    edge = build_app(state_of(town.rules), AccessLog(Metrics(), str))
    lost, waiting = connected(edge), connected(edge)
    lost[0].connection_lost(ConnectionResetError())
    await asyncio.sleep(0.05)
    assert (lost[1].closed, waiting[1].closed) == (0, 1)


CHUNKED = (
    b"POST /v1/flows HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n%s\r\n"
    b"2\r\n{}\r\n0\r\n%s\r\n"
)
KEY = b"Idempotency-Key: 0123456789abcdef\r\n"
JSON = b"Content-Type: application/json\r\n"
TRAILERS = {
    "the kind of a body": (KEY, JSON, 415),
    "a key": (JSON, KEY, 422),
    "nothing that counts": (KEY + JSON, b"X-Sum: 1\r\n", 422),
    "another kind": (KEY + JSON, b"Content-Type: text/plain\r\n", 422),
}


def edge_of(town: ServiceWorld, limits: EdgeLimits = USUAL_LIMITS) -> EdgeMiddleware:
    return EdgeMiddleware(build_api(state_of(town.rules)), AccessLog(Metrics(), str), limits)


@pytest.mark.parametrize(("head", "trailer", "status"), TRAILERS.values(), ids=TRAILERS)
async def test_a_trailer_is_no_header(
    town: ServiceWorld, head: bytes, trailer: bytes, status: int
) -> None:
    said, _ = await answered(edge_of(town), CHUNKED % (head, trailer))
    assert said.startswith(b"HTTP/1.1 %d " % status)


async def test_an_address_in_a_trailer_is_nobody_s(town: ServiceWorld) -> None:
    """Even from a proxy that is trusted: it wrote its own before the body."""
    edge = ProxyHeadersMiddleware(cast("Any", edge_of(town)), ["127.0.0.1"])
    sent = CHUNKED % (
        KEY + JSON + b"X-Forwarded-For: 192.0.2.1\r\n",
        b"X-Forwarded-For: 192.0.2.66\r\n",
    )
    _, logs = await answered(cast("EdgeMiddleware", edge), sent)
    assert [line["client"] for line in logs if line["event"] == "request"] == ["192.0.2.1"]


MAX_HEAD, MAX_FIELDS = 32 * 1024, 64
LARGE = {
    "a long value": b"GET /v1/policy HTTP/1.1\r\nX: " + b"a" * MAX_HEAD + b"\r\n\r\n",
    "a long value without an end": b"GET /v1/policy HTTP/1.1\r\nX: " + b"a" * 400_000,
    "a long name": b"GET /v1/policy HTTP/1.1\r\n" + b"a" * MAX_HEAD + b": x\r\n\r\n",
    "a long address": b"GET /" + b"a" * MAX_HEAD + b" HTTP/1.1\r\nHost: h\r\n\r\n",
    "many fields": b"GET /v1/policy HTTP/1.1\r\n" + b"X: y\r\n" * (MAX_FIELDS + 1) + b"\r\n",
    "a body by its length": (
        b"POST /v1/flows HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999\r\n\r\n"
    ),
    "a body in pieces": (
        b"POST /v1/flows HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"80000\r\n" + b" " * 0x80000
    ),
}


@pytest.mark.parametrize(("fields", "trailers", "status"), [(60, 4_000, 422), (70, 0, 413)])
async def test_fields_and_trailers_are_bounded_to_what_requests_have(
    town: ServiceWorld, fields: int, trailers: int, status: int
) -> None:
    more = b"X: y\r\n" * (fields - 4)
    said, _ = await answered(
        edge_of(town), CHUNKED % (KEY + JSON + more, b"X: " + b"a" * trailers + b"\r\n")
    )
    assert said.startswith(b"HTTP/1.1 %d " % status)


@pytest.mark.parametrize("sent", LARGE.values(), ids=LARGE)
async def test_what_is_too_large_is_refused_and_the_connection_closed(
    town: ServiceWorld, sent: bytes
) -> None:
    protocol, wire = connected(edge_of(town))
    for start in range(0, len(sent), 65_536):
        protocol.data_received(sent[start : start + 65_536])
    await asyncio.wait_for(wire.came.wait(), 5)
    await asyncio.sleep(0.01)
    assert wire.pieces[0].startswith(b"HTTP/1.1 413 ")
    assert b"connection: close" in wire.pieces[0]
    assert wire.closed
    protocol.connection_lost(None)


async def test_trailers_are_not_waited_for_beyond_8_kib(town: ServiceWorld) -> None:
    protocol, wire = connected(edge_of(town))
    protocol.data_received(CHUNKED % (KEY + JSON, b"X: " + b"a" * 9_000 + b"\r\n"))
    assert wire.closed
    protocol.connection_lost(None)


ENDLESS = {
    "trailers": (b"X-T: " + b"a" * 1000 + b"\r\n", b"2\r\n{}\r\n0\r\n"),
    "one trailer": (b"a" * 1000, b"2\r\n{}\r\n0\r\nX-T: "),
    "pieces of one byte": (b"1\r\n \r\n" * 200, b""),
    "extensions of pieces": (b"1;" + b"e" * 1000 + b"\r\n \r\n", b""),
}


@pytest.mark.parametrize(("piece", "begun"), ENDLESS.values(), ids=ENDLESS)
async def test_what_never_ends_is_closed(town: ServiceWorld, piece: bytes, begun: bytes) -> None:
    head = b"POST /v1/flows HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n" + KEY + JSON
    protocol, wire = connected(edge_of(town))
    protocol.data_received(head + b"\r\n" + begun)
    for _ in range(400):
        protocol.data_received(piece)
        await asyncio.sleep(0)
    assert wire.closed
    protocol.connection_lost(None)


async def test_requests_that_wait_behind_another_are_few(town: ServiceWorld) -> None:
    protocol, wire = connected(edge_of(town))
    protocol.data_received(b"GET /v1/policy HTTP/1.1\r\nHost: h\r\n\r\n" * 5000)
    assert len(protocol.pipeline) <= 16
    assert wire.closed
    protocol.connection_lost(None)


async def test_who_is_answered_early_is_not_read_any_more(town: ServiceWorld) -> None:
    protocol, wire = connected(edge_of(town, EdgeLimits(body_seconds=0.01)))
    protocol.data_received(b"POST /v1/flows HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n{")
    await asyncio.wait_for(wire.came.wait(), 5)
    await asyncio.sleep(0.01)
    assert wire.pieces[0].startswith(b"HTTP/1.1 400 ")
    assert wire.closed
    protocol.connection_lost(None)
